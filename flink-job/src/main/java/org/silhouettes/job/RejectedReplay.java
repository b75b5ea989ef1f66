package org.silhouettes.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.silhouettes.core.wire.Headers;

/**
 * Puts rejected records back into the images topic once the cause is mended: each exactly once, as its copy and the
 * progress of the replay are committed in one transaction. What is wrong still is rejected again, and put back again by
 * the next replay.
 */
public final class RejectedReplay {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final List<String> ADDED = List.of(Headers.REASON, Headers.TOPIC, Headers.PARTITION, Headers.OFFSET);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String from;
    private final String to;

    /**
     * Replays through clients that are there already: the consumer reads committed records from the earliest on and commits
     * nothing itself, the producer is transactional.
     */
    RejectedReplay(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, String from, String to) {
        this.consumer = consumer;
        this.producer = producer;
        this.from = from;
        this.to = to;
    }

    /**
     * What a replay did.
     *
     * @param replayed records put back
     * @param incomplete records that could not be, as their value had been left out for its size; where they came from is in
     *     their headers
     */
    public record Report(long replayed, long incomplete) {}

    /** Replays all that was rejected since the last replay, and returns once it has reached the end as it is now. */
    public static Report run(KafkaSettings kafka) {
        String name = kafka.transactionalIdPrefix() + "-replay-rejected";
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumer(kafka, name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        producer(kafka, name), new ByteArraySerializer(), new ByteArraySerializer())) {
            return new RejectedReplay(
                            consumer,
                            producer,
                            kafka.topics().rejected(),
                            kafka.topics().images())
                    .run();
        }
    }

    Report run() {
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.partitionsFor(from).forEach(info -> partitions.add(new TopicPartition(from, info.partition())));
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // whoever replayed under this name before is fenced off, so two replays never copy the same record
        producer.initTransactions();
        long replayed = 0;
        long incomplete = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                producer.beginTransaction();
                try {
                    for (ConsumerRecord<byte[], byte[]> record : records) {
                        if (isIncomplete(record)) {
                            incomplete++;
                        } else {
                            send(record);
                            replayed++;
                        }
                    }
                    producer.sendOffsetsToTransaction(positions(partitions), consumer.groupMetadata());
                    producer.commitTransaction();
                } catch (RuntimeException e) {
                    producer.abortTransaction();
                    throw e;
                }
            }
        }
        return new Report(replayed, incomplete);
    }

    /** Whether the job left the value out; a tombstone has the reason no-image instead. */
    private static boolean isIncomplete(ConsumerRecord<byte[], byte[]> record) {
        Header reason = record.headers().lastHeader(Headers.REASON);
        return record.value() == null
                && reason != null
                && new String(reason.value(), StandardCharsets.UTF_8).contains(JobOptions.MAX_RECORD_BYTES.key());
    }

    private void send(ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = new RecordHeaders();
        Header[] all = record.headers().toArray();
        int end = all.length;
        // the job's own are the last ones, of which the run comes last; a sender's header of the same name came before
        // them
        if (end > ADDED.size() && all[end - 1].key().equals(Headers.RUN)) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (i < end - ADDED.size() || !ADDED.contains(all[i].key())) {
                headers.add(all[i]);
            }
        }
        // an error comes out of commitTransaction
        var unused = producer.send(new ProducerRecord<>(to, null, null, record.key(), record.value(), headers));
    }

    private Map<TopicPartition, OffsetAndMetadata> positions(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        return positions;
    }

    private static Properties consumer(KafkaSettings kafka, String name) {
        Properties properties = clients(kafka, ConsumerConfig.configNames());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return properties;
    }

    private static Properties producer(KafkaSettings kafka, String name) {
        Properties properties = clients(kafka, ProducerConfig.configNames());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(kafka.maxRecordBytes() + 65_536));
        return properties;
    }

    private static Properties clients(KafkaSettings kafka, Set<String> names) {
        Properties properties = new Properties();
        kafka.clients().forEach((name, value) -> {
            if (names.contains(name)) {
                properties.put(name, value);
            }
        });
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        return properties;
    }
}
