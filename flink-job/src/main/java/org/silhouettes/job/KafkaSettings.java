package org.silhouettes.job;

import java.io.Serializable;
import java.time.Duration;
import org.silhouettes.wire.kafka.ClientConfig;

/**
 * Where and how the job meets Kafka.
 *
 * @param clients address and properties of all Kafka clients
 */
public record KafkaSettings(
        String groupId,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        int maxRecordBytes,
        TopicNames topics,
        ClientConfig clients)
        implements Serializable {

    /** Where the clients ask first, for messages. */
    public String bootstrapServers() {
        return clients.bootstrapServers();
    }

    /** Names of the topics. */
    public record TopicNames(
            String images, String dictionaries, String silhouettes, String activity, String codes, String rejected)
            implements Serializable {}
}
