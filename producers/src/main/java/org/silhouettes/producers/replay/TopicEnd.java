package org.silhouettes.producers.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.silhouettes.core.wire.Headers;
import org.silhouettes.producers.dataset.ImageSource;

/** Finds how far a replay had got when it was interrupted, from what the topic holds: reads it backwards. */
public final class TopicEnd {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long FIRST_STEP = 1_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String fingerprint;

    private TopicEnd(KafkaConsumer<byte[], byte[]> consumer, String fingerprint) {
        this.consumer = consumer;
        this.fingerprint = fingerprint;
    }

    /**
     * What the topic holds of a replay, whatever else it holds. Where the same replay was sent more than once, the last time
     * counts.
     *
     * @throws IllegalArgumentException where it holds none of it, but another replay to the same model
     * @throws IOException where the source cannot be read
     */
    public static Resumption find(String bootstrapServers, ImageSource source, ReplayOptions options)
            throws IOException {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicEnd end = new TopicEnd(consumer, ReplayMark.fingerprint(source, options));
            List<PartitionInfo> partitions = consumer.partitionsFor(options.topic());
            Map<String, Resumption.Sent> last = new HashMap<>();
            for (String model : options.models()) {
                byte[] key = model.getBytes(StandardCharsets.UTF_8);
                // where the producer puts it
                int partition = Utils.toPositive(Utils.murmur2(key)) % partitions.size();
                end.last(new TopicPartition(options.topic(), partition), key, model)
                        .ifPresent(sent -> last.put(model, sent));
            }
            return new Resumption(last);
        }
    }

    private Optional<Resumption.Sent> last(TopicPartition partition, byte[] key, String model) {
        consumer.assign(List.of(partition));
        long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
        long to = consumer.endOffsets(List.of(partition)).get(partition);
        boolean another = false;
        for (long step = FIRST_STEP; to > begin; step *= 2) {
            long from = Math.max(begin, to - step);
            Resumption.Sent found = null;
            consumer.seek(partition, from);
            while (consumer.position(partition) < to) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Optional<ReplayMark> mark = mark(record, key);
                    boolean own = mark.isPresent() && mark.get().fingerprint().equals(fingerprint);
                    if (own && record.offset() < to) {
                        found = new Resumption.Sent(mark.get().position(), isLabel(record));
                    }
                    another |= mark.isPresent() && !own;
                }
            }
            if (found != null) {
                return Optional.of(found);
            }
            to = from;
        }
        if (another) {
            throw new IllegalArgumentException("option from is topic, but what topic " + partition.topic()
                    + " holds for model \"" + model
                    + "\" is another replay's: give the data set and the options that the"
                    + " replay was started with, or say from which image on");
        }
        return Optional.empty();
    }

    private static Optional<ReplayMark> mark(ConsumerRecord<byte[], byte[]> record, byte[] key) {
        Header header = record.headers().lastHeader(Headers.REPLAY);
        return header == null || !Arrays.equals(record.key(), key)
                ? Optional.empty()
                : ReplayMark.parse(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static boolean isLabel(ConsumerRecord<byte[], byte[]> record) {
        Header type = record.headers().lastHeader(Headers.CONTENT_TYPE);
        return type != null && Headers.LATE_LABEL.equals(new String(type.value(), StandardCharsets.UTF_8));
    }
}
