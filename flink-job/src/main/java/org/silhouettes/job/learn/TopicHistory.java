package org.silhouettes.job.learn;

import java.io.Serializable;

/** What the learning operator has to know of the topics beyond the records it receives. Serialised into the job graph. */
public interface TopicHistory extends Serializable {

    /** For sources other than Kafka: a topic is identified by its name. */
    TopicHistory NONE = topic -> "name:" + topic;

    /** Connects and reads what {@link #topicId} needs; called once in each subtask, before any record. */
    default void open() throws Exception {}

    /** The id of the topic that images come from: another one where the topic was deleted and created again. */
    String topicId(String topic);
}
