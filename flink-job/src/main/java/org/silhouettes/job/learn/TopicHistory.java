package org.silhouettes.job.learn;

import java.io.Serializable;
import java.util.Map;
import java.util.function.Predicate;

/** What the learning operator needs to know about the topics besides its records. Serialised into the job graph. */
public interface TopicHistory extends Serializable {

    /** For sources and sinks other than Kafka: a topic is identified by its name and has no history. */
    TopicHistory NONE = topic -> "name:" + topic;

    /** Connects and reads what {@link #topicId} needs; called once per subtask, before the first record. */
    default void open() throws Exception {}

    /** Id of an images topic; it changes if the topic is deleted and created again. */
    String topicId(String topic);

    /** Whether a job without state may learn models again that the output topics contain. */
    default boolean allowsStartFromNothing() {
        return true;
    }

    /**
     * Reads the newest version of each model in the output topics; reads a whole topic.
     *
     * @param models models to include
     */
    default Map<String, Long> newestVersions(Predicate<String> models) throws Exception {
        return Map.of();
    }

    /** Name of that topic, for messages. */
    default String versionsTopic() {
        return "";
    }
}
