package org.silhouettes.producers.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how far a consumer group may be behind a replay, in bytes: without it a replay that is not paced fills the
 * broker's disk, and retention then deletes images before they are read.
 *
 * <p>Reads the group's committed offsets, at most once in half a second. A group that has committed nothing has read
 * nothing. Not thread-safe.
 */
public final class BacklogLimit {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogLimit.class);
    private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long ANSWER_SECONDS = 10;

    private final Admin admin;
    private final String group;
    private final String topic;
    private final long maxBytes;
    private Map<Integer, Long> committed = Map.of();
    private long askedNanos;
    private boolean asked;

    /**
     * @param admin stays the caller's to close
     * @param group consumer group that reads the topic
     * @param maxBytes bytes of records that the group may be behind
     */
    public BacklogLimit(Admin admin, String group, String topic, long maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("the backlog must be at least 1 byte, got " + maxBytes);
        }
        this.admin = admin;
        this.group = group;
        this.topic = topic;
        this.maxBytes = maxBytes;
    }

    /**
     * Whether the group is so far behind that the replay must wait.
     *
     * @param sent offset after the last confirmed record, by partition
     * @param bytesPerRecord mean size of the records
     */
    boolean reached(Map<Integer, Long> sent, double bytesPerRecord) {
        if (behind(sent) * bytesPerRecord <= maxBytes) {
            return false;
        }
        if (!asked || System.nanoTime() - askedNanos >= ASK_EVERY_NANOS) {
            ask();
        }
        return behind(sent) * bytesPerRecord > maxBytes;
    }

    private double behind(Map<Integer, Long> sent) {
        double records = 0;
        for (Map.Entry<Integer, Long> end : sent.entrySet()) {
            records += Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L));
        }
        return records;
    }

    private void ask() {
        asked = true;
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            Map<Integer, Long> read = new HashMap<>();
            offsets.forEach((partition, offset) -> {
                if (partition.topic().equals(topic) && offset != null) {
                    read.put(partition.partition(), offset.offset());
                }
            });
            committed = read;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("cannot read the committed offsets of group {}, the replay waits", group, e);
        }
        askedNanos = System.nanoTime();
    }
}
