package org.silhouettes.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;
import org.silhouettes.wire.message.RejectedMessage;

/**
 * Puts rejected records back into the images topic once the cause is mended: each exactly once, as its copy and the
 * progress of the replay are committed in one transaction. What is wrong still is rejected again, and put back again by
 * the next replay. The copy lacks the header {@code replay}: {@code produce --from topic} does not take it for its own.
 */
public final class RejectedReplay {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String from;
    private final String to;
    private long replayed;
    private long incomplete;
    private long foreign;

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
        try (Consumer<byte[], byte[]> consumer = TopicScan.consumer(consumer(kafka, name));
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
        List<TopicPartition> partitions = TopicScan.partitions(consumer, from);
        consumer.assign(partitions);
        // fences an earlier replay with the same transactional id, so two replays never copy the same record
        producer.initTransactions();
        TopicScan.toEnd(consumer, consumer.endOffsets(partitions), PATIENCE, records -> {
            List<RejectedMessage> rejected = new ArrayList<>();
            records.forEach(
                    record -> RejectedMessage.decode(WireRecord.of(record)).ifPresent(rejected::add));
            long complete = rejected.isEmpty() ? 0 : copy(rejected, partitions);
            replayed += complete;
            incomplete += rejected.size() - complete;
            foreign += records.count() - rejected.size();
        });
        if (foreign > 0 && replayed + incomplete == 0) {
            throw new IllegalStateException("topic \"" + from + "\" holds " + foreign
                    + " records, none of which the job rejected (they lack its headers): name the topic of"
                    + " rejected records with -Dtopics.rejected=NAME");
        }
        return new Report(replayed, incomplete, foreign);
    }

    /** Sends the complete records and the positions in one transaction; returns how many are complete. */
    private long copy(List<RejectedMessage> rejected, List<TopicPartition> partitions) {
        producer.beginTransaction();
        try {
            long complete = 0;
            for (RejectedMessage record : rejected) {
                if (!record.valueOmitted()) {
                    send(record);
                    complete++;
                }
            }
            producer.sendOffsetsToTransaction(positions(partitions), consumer.groupMetadata());
            producer.commitTransaction();
            return complete;
        } catch (RuntimeException e) {
            producer.abortTransaction();
            throw e;
        }
    }

    /** The copy is no record of the replay that sent the original. */
    private void send(RejectedMessage rejected) {
        WireRecord original = rejected.original();
        WireRecord copy = new WireRecord(
                original.key(), original.value(), original.headers().without(Headers.REPLAY));
        // an error comes out of commitTransaction
        var unused = producer.send(copy.to(to));
    }

    private Map<TopicPartition, OffsetAndMetadata> positions(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, new OffsetAndMetadata(consumer.position(partition))));
        return positions;
    }

    private static Properties consumer(KafkaSettings kafka, String name) {
        Properties properties = TopicScan.committedReader(kafka.clients().consumer(Map.of()));
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, name);
        return properties;
    }

    private static Properties producer(KafkaSettings kafka, String name) {
        Properties properties = kafka.clients().producer(Map.of());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(kafka.maxRecordBytes() + 65_536));
        return properties;
    }
}
