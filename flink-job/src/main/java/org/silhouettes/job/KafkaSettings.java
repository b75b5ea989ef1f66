package org.silhouettes.job;

import java.time.Duration;
import java.util.Map;

/**
 * Where and how the job meets Kafka.
 *
 * @param clients options for all Kafka clients that know them, by Kafka's own names
 */
public record KafkaSettings(
        String bootstrapServers,
        String groupId,
        String transactionalIdPrefix,
        Duration transactionTimeout,
        int maxRecordBytes,
        TopicNames topics,
        Map<String, String> clients) {

    /** Names of the topics. */
    public record TopicNames(
            String images, String dictionaries, String silhouettes, String activity, String codes, String rejected) {}
}
