package org.silhouettes.dashboards.feed;

/**
 * An open transaction that keeps readers of committed records from what lies behind its first record.
 *
 * @param records offsets of the topic that it holds back, its own among them
 * @param sinceMillis when it began, as far as Kafka tells; else when it was first noticed
 * @param transactionalId its producer's, or empty where Kafka does not tell
 */
public record HeldBack(long records, long sinceMillis, String transactionalId) {}
