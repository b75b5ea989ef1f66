package org.silhouettes.dashboards.history;

/** Where a record lies in Kafka. */
public record Location(String topic, int partition, long offset) {}
