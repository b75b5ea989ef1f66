package org.silhouettes.dashboards.feed;

/**
 * An open transaction that keeps readers of committed records from what lies behind its first record.
 *
 * @param records offsets of the topic that it holds back, its own among them
 * @param sinceMillis when it began, if Kafka reports it; else when it was first noticed
 * @param transactionalId its producer's, or empty where Kafka does not tell
 */
public record BlockedRecords(long records, long sinceMillis, String transactionalId) {}
