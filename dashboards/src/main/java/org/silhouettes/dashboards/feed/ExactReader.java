package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireRecord;
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
        Map<TopicPartition, TreeSet<Long>> wanted = new HashMap<>();
        for (RecordPosition part : snapshot.parts()) {
            wanted.computeIfAbsent(new TopicPartition(part.topic(), part.partition()), p -> new TreeSet<>())
                    .add(part.offset());
        }
        consumer.assign(wanted.keySet());
        wanted.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
        DictionaryAssembler assembler = new DictionaryAssembler();
        Optional<DictionaryAssembler.Assembled> found = Optional.empty();
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (found.isEmpty() && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofMillis(100))) {
                RecordPosition position = RecordPosition.of(item);
                if (item.value() != null && snapshot.parts().contains(position)) {
                    DictionaryMessage message = DictionaryMessage.decode(WireRecord.of(item));
                    Optional<DictionaryAssembler.Assembled> complete =
                            assembler.add(message, position, item.timestamp());
                    found = complete.isPresent() ? complete : found;
                }
            }
            if (isPast(wanted)) {
                break;
            }
        }
        consumer.unsubscribe();
        return found.map(complete -> new Exact(complete.atoms(), complete.mean()));
    }

    private boolean isPast(Map<TopicPartition, TreeSet<Long>> wanted) {
        Set<TopicPartition> partitions = wanted.keySet();
        return partitions.stream()
                .allMatch(partition ->
                        consumer.position(partition) > wanted.get(partition).last());
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofMillis(500)));
            consumer = null;
        }
    }
}
