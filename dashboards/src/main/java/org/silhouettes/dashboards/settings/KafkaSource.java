package org.silhouettes.dashboards.settings;

import java.util.Map;

/**
 * The Kafka that a dashboard reads.
 *
 * @param bootstrapServers its addresses, {@code host:port,…}
 * @param client further client properties for every consumer and admin client (security, for one)
 * @param jobGroup consumer group of the job, whose lag is shown
 */
public record KafkaSource(
        String bootstrapServers, Map<String, String> client, DashboardTopics topics, String jobGroup) {

    public static final String DEFAULT_JOB_GROUP = "silhouettes";

    public KafkaSource {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers are empty: give Kafka's host:port");
        }
        if (jobGroup == null || jobGroup.isBlank()) {
            throw new IllegalArgumentException("the job's consumer group is empty: name it, its lag is shown");
        }
        client = Map.copyOf(client);
    }

    static KafkaSource of(String bootstrapServers) {
        return new KafkaSource(bootstrapServers, Map.of(), DashboardTopics.DEFAULTS, DEFAULT_JOB_GROUP);
    }

    KafkaSource withClient(Map<String, String> properties) {
        return new KafkaSource(bootstrapServers, properties, topics, jobGroup);
    }

    KafkaSource withTopics(DashboardTopics newTopics) {
        return new KafkaSource(bootstrapServers, client, newTopics, jobGroup);
    }

    KafkaSource withJobGroup(String group) {
        return new KafkaSource(bootstrapServers, client, topics, group);
    }
}
