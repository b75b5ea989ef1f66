package org.silhouettes.wire.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics to the end that they have when the scan starts: the last stable offset with {@code read_committed}, else the
 * high watermark. A scan ends by the consumer's positions, not by the records: the last offsets of a partition can be markers
 * of transactions, removed by compaction or by retention.
 */
public final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TopicScan() {}

    /** Takes the records of one poll, in order within a partition. */
    @FunctionalInterface
    public interface Sink<K, V> {
        void take(ConsumerRecords<K, V> records);
    }

    /**
     * Properties of a consumer that reads committed records from the earliest on, commits nothing and creates no topic.
     *
     * @param client properties that also hold how to connect; a consumer group in them is removed
     */
    public static Properties committedReader(Map<?, ?> client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return properties;
    }

    /** The same for a consumer that also reads records of open and aborted transactions. */
    public static Properties uncommittedReader(Map<?, ?> client) {
        Properties properties = committedReader(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        return properties;
    }

    /** A consumer of bytes. */
    public static Consumer<byte[], byte[]> consumer(Properties properties) {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Hands over every record of a topic that is committed now, in order within a partition. */
    public static void committed(
            String bootstrapServers, String topic, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Map<?, ?> client = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Consumer<byte[], byte[]> consumer = consumer(committedReader(client))) {
            whole(consumer, topic, records -> records.forEach(sink));
        }
    }

    /**
     * Reads a topic from its beginning.
     *
     * @param consumer without a subscription; it is assigned the topic's partitions
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     * @throws KafkaException if the broker sends nothing for a minute
     */
    public static <K, V> void whole(Consumer<K, V> consumer, String topic, Sink<K, V> sink) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        assignBeginning(consumer, partitions);
        toEnd(consumer, consumer.endOffsets(partitions), PATIENCE, sink);
    }

    /** Assigns partitions to a consumer, at their beginning. */
    public static void assignBeginning(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * The partitions of a topic.
     *
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /**
     * Reads from the consumer's positions to the given ends.
     *
     * @param ends first offset of each assigned partition that is not read
     * @param patience how long the broker may send nothing
     * @throws KafkaException if it sends nothing for longer
     */
    public static <K, V> void toEnd(
            Consumer<K, V> consumer, Map<TopicPartition, Long> ends, Duration patience, Sink<K, V> sink) {
        Progress progress = new Progress(patience);
        boolean reached = read(consumer, ends, () -> progress.stalled(positions(consumer, ends)), sink);
        if (!reached) {
            throw new KafkaException("Kafka sent nothing of " + ends.keySet() + " for " + patience.toSeconds()
                    + " s, although records up to " + ends + " exist: check the brokers and try again");
        }
    }

    /**
     * Reads from the consumer's positions to the given ends, or until it is stopped.
     *
     * @param stop is asked before each poll
     * @return whether the ends are reached
     */
    public static <K, V> boolean read(
            Consumer<K, V> consumer, Map<TopicPartition, Long> ends, BooleanSupplier stop, Sink<K, V> sink) {
        while (!reached(consumer, ends)) {
            if (stop.getAsBoolean()) {
                return false;
            }
            sink.take(consumer.poll(POLL));
        }
        return true;
    }

    private static boolean reached(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static long positions(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().mapToLong(consumer::position).sum();
    }

    /** Notices that positions do not move. */
    private static final class Progress {
        private final Duration patience;
        private long position = -1;
        private long movedAt;

        Progress(Duration patience) {
            this.patience = patience;
        }

        boolean stalled(long now) {
            if (now != position) {
                position = now;
                movedAt = System.nanoTime();
            }
            return System.nanoTime() - movedAt > patience.toNanos();
        }
    }
}
