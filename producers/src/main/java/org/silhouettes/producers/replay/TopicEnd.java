package org.silhouettes.producers.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.wire.kafka.TopicScan;

/**
 * Finds which records of a replay a topic holds: reads all partitions from their beginning to their end. Reads what is
 * committed, so the records of aborted transactions do not count.
 */
public final class TopicEnd {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(30);
    /** Transactions of others end with their next commit; one that stays open longer than this is reported. */
    private static final Duration TRANSACTION_PATIENCE = Duration.ofSeconds(10);

    private TopicEnd() {}

    /**
     * What the topic holds of a replay, whatever else it holds.
     *
     * @param overrides further consumer settings, such as those of TLS and SASL
     * @throws IllegalArgumentException if that cannot be decided: it holds another replay to the same model, or records that
     *     may have been of this one were removed
     * @throws IllegalStateException where an open transaction hides the topic's end, or the broker stops answering
     * @throws IOException where the source cannot be read
     */
    public static Resumption find(
            String bootstrapServers, Map<String, ?> overrides, ImageSource source, ReplayOptions options)
            throws IOException {
        Map<String, Object> client = new HashMap<>(overrides);
        client.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        ReplayScan scan = new ReplayScan(ReplayMark.fingerprint(source, options), options);
        Map<TopicPartition, Long> ends;
        try (Consumer<byte[], byte[]> consumer = TopicScan.consumer(TopicScan.uncommittedReader(client))) {
            ends = consumer.endOffsets(TopicScan.partitions(consumer, options.topic()));
        }
        try (Consumer<byte[], byte[]> consumer = TopicScan.consumer(TopicScan.committedReader(client))) {
            Map<Integer, Long> begins = new TreeMap<>();
            consumer.beginningOffsets(ends.keySet())
                    .forEach((partition, begin) -> begins.put(partition.partition(), begin));
            awaitCommitted(consumer, ends);
            TopicScan.assignBeginning(consumer, ends.keySet());
            TopicScan.toEnd(consumer, ends, BROKER_PATIENCE, records -> records.forEach(scan::add));
            return scan.result(begins);
        }
    }

    /** Waits until no open transaction stands before the ends: a reader of what is committed does not see behind it. */
    private static void awaitCommitted(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        long giveUp = System.nanoTime() + TRANSACTION_PATIENCE.toNanos();
        while (true) {
            Map<TopicPartition, Long> stable = consumer.endOffsets(ends.keySet());
            TopicPartition hidden = ends.keySet().stream()
                    .filter(partition -> stable.get(partition) < ends.get(partition))
                    .findFirst()
                    .orElse(null);
            if (hidden == null) {
                return;
            }
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("an open transaction in " + hidden + " hides the records from offset "
                        + stable.get(hidden)
                        + " on, so --from topic cannot determine what has arrived: wait until it ends,"
                        + " at the latest by its transaction.timeout.ms, or abort it"
                        + " (kafka-transactions.sh abort --topic "
                        + hidden.topic() + " --partition " + hidden.partition() + " --start-offset "
                        + stable.get(hidden) + ")");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of a transaction", e);
        }
    }
}
