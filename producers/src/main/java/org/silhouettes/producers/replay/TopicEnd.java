package org.silhouettes.producers.replay;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.silhouettes.producers.dataset.ImageSource;

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
     * @throws IllegalArgumentException where that cannot be told: it holds another replay to the same model, or records that
     *     may have been of this one were removed
     * @throws IllegalStateException where an open transaction hides the topic's end, or the broker stops answering
     * @throws IOException where the source cannot be read
     */
    public static Resumption find(
            String bootstrapServers, Map<String, ?> overrides, ImageSource source, ReplayOptions options)
            throws IOException {
        Map<String, Object> settings = new HashMap<>(overrides);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        ReplayScan scan = new ReplayScan(ReplayMark.fingerprint(source, options), options);
        Map<TopicPartition, Long> ends;
        try (Consumer<byte[], byte[]> consumer = consumer(settings, "read_uncommitted")) {
            List<TopicPartition> partitions = consumer.partitionsFor(options.topic()).stream()
                    .map(info -> new TopicPartition(options.topic(), info.partition()))
                    .toList();
            ends = consumer.endOffsets(partitions);
        }
        try (Consumer<byte[], byte[]> consumer = consumer(settings, "read_committed")) {
            Map<Integer, Long> begins = new TreeMap<>();
            consumer.beginningOffsets(ends.keySet())
                    .forEach((partition, begin) -> begins.put(partition.partition(), begin));
            awaitCommitted(consumer, ends);
            read(consumer, ends, scan);
            return scan.result(begins);
        }
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings, String isolation) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
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
                        + stable.get(hidden) + " on, so --from topic cannot tell what has arrived: wait until it ends,"
                        + " at the latest by its transaction.timeout.ms, or abort it (kafka-transactions.sh abort --topic "
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

    private static void read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, ReplayScan scan) {
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        long read = -1;
        long giveUp = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(scan::add);
            long now = ends.keySet().stream().mapToLong(consumer::position).sum();
            if (now != read) {
                read = now;
                giveUp = System.nanoTime() + BROKER_PATIENCE.toNanos();
            } else if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("Kafka sent nothing more of " + ends.keySet() + " for "
                        + BROKER_PATIENCE.toSeconds() + " s: look after the broker and try --from topic again");
            }
        }
    }
}
