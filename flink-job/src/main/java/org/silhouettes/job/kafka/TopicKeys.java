package org.silhouettes.job.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads keys and headers of a whole topic: committed records up to the last stable offset. */
final class TopicKeys {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final long STALLED_NANOS = Duration.ofSeconds(60).toNanos();

    private TopicKeys() {}

    /** Takes records, whose value is null or true. */
    interface Sink {
        void take(ConsumerRecord<byte[], Boolean> record);
    }

    /**
     * Hands over every record, in order within a partition.
     *
     * @param client properties of a consumer, bootstrap servers among them
     * @throws UnknownTopicOrPartitionException where there is no such topic
     */
    static void read(String topic, Properties client, Sink sink) {
        try (Consumer<byte[], Boolean> consumer =
                new KafkaConsumer<>(properties(client), new ByteArrayDeserializer(), new Presence())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            readTo(consumer, consumer.endOffsets(partitions), sink);
        }
    }

    private static Properties properties(Properties client) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        properties.putAll(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return properties;
    }

    private static List<TopicPartition> partitions(Consumer<byte[], Boolean> consumer, String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException(topic);
        }
        return found.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static void readTo(Consumer<byte[], Boolean> consumer, Map<TopicPartition, Long> ends, Sink sink) {
        long before = -1;
        long progressAt = System.nanoTime();
        while (true) {
            long position = 0;
            boolean reached = true;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long at = consumer.position(end.getKey());
                position += at;
                reached &= at >= end.getValue();
            }
            if (reached) {
                return;
            }
            if (position != before) {
                before = position;
                progressAt = System.nanoTime();
            } else if (System.nanoTime() - progressAt > STALLED_NANOS) {
                throw new KafkaException("no record came for " + STALLED_NANOS / 1_000_000_000 + " s");
            }
            consumer.poll(POLL).forEach(sink::take);
        }
    }

    /** Keeps of a value only that there is one. */
    private static final class Presence implements Deserializer<Boolean> {
        @Override
        public Boolean deserialize(String from, byte[] data) {
            return data == null ? null : Boolean.TRUE;
        }

        @Override
        public Boolean deserialize(
                String from, org.apache.kafka.common.header.Headers headers, java.nio.ByteBuffer data) {
            return data == null ? null : Boolean.TRUE;
        }
    }
}
