package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the records that a group is behind. Offsets count the ends of transactions and aborted records too, which no reader
 * gets: where the group does not advance before the end, the next record is looked for. One thread at a time.
 */
final class DataProbe {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(3).toNanos();

    /** Where a group stands in a partition that ends there. */
    private record Gap(long committed, long end) {}

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Map<TopicPartition, Gap> before = new HashMap<>();
    private final Map<TopicPartition, Long> known = new HashMap<>();
    private Consumer<byte[], byte[]> consumer;

    DataProbe(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** Sum over the partitions that the group has committed; the others count in full. */
    synchronized long lag(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            lag += lag(end.getKey(), new Gap(committed.getOrDefault(end.getKey(), 0L), end.getValue()));
        }
        return lag;
    }

    private long lag(TopicPartition partition, Gap gap) {
        long offsets = Math.max(0, gap.end() - gap.committed());
        boolean still = gap.equals(before.put(partition, gap));
        if (!still) {
            known.remove(partition);
        }
        if (offsets == 0 || !still) {
            return offsets;
        }
        return known.computeIfAbsent(partition, p -> gap.end() - next(p, gap));
    }

    /** Offset of the next record that a reader gets, or the end. */
    private long next(TopicPartition partition, Gap gap) {
        try {
            if (consumer == null) {
                consumer = consumers.get();
            }
            consumer.assign(List.of(partition));
            consumer.seek(partition, gap.committed());
            long deadline = System.nanoTime() + TIMEOUT_NANOS;
            while (consumer.position(partition) < gap.end() && System.nanoTime() < deadline) {
                ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
                if (!found.isEmpty()) {
                    return Math.min(gap.end(), found.iterator().next().offset());
                }
            }
            return Math.min(gap.end(), consumer.position(partition));
        } catch (KafkaException e) {
            close();
            return gap.committed();
        } finally {
            if (consumer != null) {
                consumer.unsubscribe();
            }
        }
    }

    synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofMillis(500)));
            consumer = null;
        }
    }
}
