package org.silhouettes.job.learn;

import java.io.Serializable;
import java.util.Map;
import java.util.function.Predicate;

/** What the learning operator has to know of the topics beyond the records it receives. Serialised into the job graph. */
public interface TopicHistory extends Serializable {

    /** For sources and sinks other than Kafka: a topic is identified by its name, and nothing is known of its past. */
    TopicHistory NONE = topic -> "name:" + topic;

    /** Connects and reads what {@link #topicId} needs; called once in each subtask, before any record. */
    default void open() throws Exception {}

    /** The id of the topic that images come from: another one where the topic was deleted and created again. */
    String topicId(String topic);

    /** Whether a job that starts without state may learn models again of which the output topics hold versions. */
    default boolean allowsStartFromNothing() {
        return true;
    }

    /**
     * Newest version by model of all models of which the output topics hold versions now; reads a whole topic.
     *
     * @param models the models to tell about
     */
    default Map<String, Long> newestVersions(Predicate<String> models) throws Exception {
        return Map.of();
    }

    /** Name of the topic that holds the versions, for messages. */
    default String versionsTopic() {
        return "";
    }
}
