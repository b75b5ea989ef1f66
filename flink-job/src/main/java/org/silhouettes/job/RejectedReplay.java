package org.silhouettes.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
import org.silhouettes.job.options.JobOptions;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.Headers;

/**
 * Puts rejected records back into the images topic once the cause is mended: each exactly once, as its copy and the
 * progress of the replay are committed in one transaction. What is wrong still is rejected again, and put back again by
 * the next replay. The copy lacks the header {@code replay}: {@code produce --from topic} does not take it for its own.
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
     * @param foreign records that are not put back, as they lack the headers that the job adds to what it rejects
     */
    public record Report(long replayed, long incomplete, long foreign) {}

    /**
     * Replays all that was rejected since the last replay, and returns once it has reached the end as it is now.
     *
     * @throws IllegalStateException where a topic does not exist, or holds records but none that was rejected
     */
    public static Report run(KafkaSettings kafka) {
        String name = kafka.transactionalIdPrefix() + "-replay-rejected";
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumer(kafka, name), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        producer(kafka, name), new ByteArraySerializer(), new ByteArraySerializer())) {
            requireTopic(consumer, kafka, "topics.rejected", kafka.topics().rejected());
            requireTopic(consumer, kafka, "topics.images", kafka.topics().images());
            return new RejectedReplay(
                            consumer,
                            producer,
                            kafka.topics().rejected(),
                            kafka.topics().images())
                    .run();
        }
    }

    private static void requireTopic(
            Consumer<byte[], byte[]> consumer, KafkaSettings kafka, String option, String topic) {
        if (consumer.partitionsFor(topic).isEmpty()) {
            throw new IllegalStateException("topic \"" + topic + "\" does not exist at " + kafka.bootstrapServers()
                    + ": name the topic with -D" + option + "=NAME");
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
        long foreign = 0;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            List<ConsumerRecord<byte[], byte[]>> rejected = new ArrayList<>();
            records.forEach(record -> {
                if (added(record) >= 0) {
                    rejected.add(record);
                }
            });
            foreign += records.count() - rejected.size();
            if (!rejected.isEmpty()) {
                producer.beginTransaction();
                try {
                    for (ConsumerRecord<byte[], byte[]> record : rejected) {
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
        if (foreign > 0 && replayed + incomplete == 0) {
            throw new IllegalStateException("topic \"" + from + "\" holds " + foreign
                    + " records, none of which the job rejected (they lack its headers " + String.join(", ", ADDED)
                    + "): name the topic of rejected records with -Dtopics.rejected=NAME");
        }
        return new Report(replayed, incomplete, foreign);
    }

    /** Index of the first header that the job added, of which the run may follow as the last; −1 where it added none: the record was not rejected by it. */
    private static int added(ConsumerRecord<byte[], byte[]> record) {
        Header[] headers = record.headers().toArray();
        int end = headers.length;
        if (end > ADDED.size() && headers[end - 1].key().equals(Headers.RUN)) {
            end--;
        }
        int first = end - ADDED.size();
        for (int i = 0; first >= 0 && i < ADDED.size(); i++) {
            Header header = headers[first + i];
            if (!header.key().equals(ADDED.get(i)) || header.value() == null) {
                return -1;
            }
        }
        return first < 0 ? -1 : first;
    }

    /** Whether the job left the value out; a tombstone has the reason no-image instead. */
    private static boolean isIncomplete(ConsumerRecord<byte[], byte[]> record) {
        Header reason = record.headers().toArray()[added(record)];
        return record.value() == null
                && new String(reason.value(), StandardCharsets.UTF_8).contains(JobOptions.MAX_RECORD_BYTES);
    }

    private void send(ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = new RecordHeaders();
        Header[] all = record.headers().toArray();
        for (int i = 0; i < added(record); i++) {
            // a sender's header of the same name came before the job's own; the copy is no record of its replay
            if (!all[i].key().equals(Headers.REPLAY)) {
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
        Properties properties = kafka.clients().consumer(Map.of());
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return properties;
    }

    private static Properties producer(KafkaSettings kafka, String name) {
        Properties properties = kafka.clients().producer(Map.of());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(kafka.maxRecordBytes() + 65_536));
        return properties;
    }
}
