package org.silhouettes.job.kafka;

import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.silhouettes.wire.kafka.TopicScan;

/** Reads keys and headers of a whole topic: committed records up to the last stable offset. */
final class TopicKeys {

    private TopicKeys() {}

    /**
     * Hands over every record, in order within a partition.
     *
     * @param client properties of a consumer, bootstrap servers among them
     * @param sink takes the records, whose value is null or true
     * @throws UnknownTopicOrPartitionException if there is no such topic
     */
    static void read(
            String topic, Properties client, java.util.function.Consumer<ConsumerRecord<byte[], Boolean>> sink) {
        Properties properties = TopicScan.committedReader(client);
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        try (Consumer<byte[], Boolean> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new Presence())) {
            TopicScan.whole(consumer, topic, records -> records.forEach(sink));
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
