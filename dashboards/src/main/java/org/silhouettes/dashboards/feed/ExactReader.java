package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;
import org.silhouettes.wire.message.DictionaryAssembler;
import org.silhouettes.wire.message.DictionaryMessage;

/** Reads one version's float32 values from Kafka again. One consumer, one reading at a time. Thread-safe. */
public final class ExactReader implements AutoCloseable {

    private static final long TIMEOUT_NANOS = Duration.ofSeconds(8).toNanos();

    /**
     * A dictionary and its mean image to the last bit.
     *
     * @param atoms [atoms, values]
     * @param mean [values]
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Exact(float[] atoms, float[] mean) {}

    private final KafkaClients clients;
    private Consumer<byte[], byte[]> consumer;

    public ExactReader(KafkaClients clients) {
        this.clients = clients;
    }

    /** The version's values; empty where Kafka no longer holds them all (compacted away) or does not answer in time. */
    public synchronized Optional<Exact> read(Snapshot snapshot) {
        try {
            if (consumer == null) {
                consumer = clients.consumer("exact");
            }
            return fetch(snapshot);
        } catch (KafkaException e) {
            close();
            return Optional.empty();
        }
    }

    private Optional<Exact> fetch(Snapshot snapshot) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (RecordPosition part : snapshot.parts()) {
            TopicPartition partition = new TopicPartition(part.topic(), part.partition());
            starts.merge(partition, part.offset(), Math::min);
            ends.merge(partition, part.offset() + 1, Math::max);
        }
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
        DictionaryAssembler assembler = new DictionaryAssembler();
        AtomicReference<DictionaryAssembler.Assembled> found = new AtomicReference<>();
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        TopicScan.read(consumer, ends, () -> found.get() != null || System.nanoTime() >= deadline, records -> {
            for (ConsumerRecord<byte[], byte[]> item : records) {
                RecordPosition position = RecordPosition.of(item);
                if (item.value() != null && snapshot.parts().contains(position)) {
                    DictionaryMessage message = DictionaryMessage.decode(WireRecord.of(item));
                    assembler.add(message, position, item.timestamp()).ifPresent(found::set);
                }
            }
        });
        consumer.unsubscribe();
        return Optional.ofNullable(found.get()).map(complete -> new Exact(complete.atoms(), complete.mean()));
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofMillis(500)));
            consumer = null;
        }
    }
}
