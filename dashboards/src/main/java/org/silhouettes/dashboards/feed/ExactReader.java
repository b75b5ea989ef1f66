package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.dashboards.history.Location;
import org.silhouettes.dashboards.history.Snapshot;
import org.silhouettes.wire.Npy;

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
            return fetch(snapshot).map(found -> assemble(snapshot, found));
        } catch (KafkaException e) {
            close();
            return Optional.empty();
        }
    }

    private Optional<Map<Location, byte[]>> fetch(Snapshot snapshot) {
        Map<TopicPartition, TreeSet<Long>> wanted = new HashMap<>();
        for (Location part : snapshot.parts()) {
            wanted.computeIfAbsent(new TopicPartition(part.topic(), part.partition()), p -> new TreeSet<>())
                    .add(part.offset());
        }
        consumer.assign(wanted.keySet());
        wanted.forEach((partition, offsets) -> consumer.seek(partition, offsets.first()));
        Map<Location, byte[]> found = new HashMap<>();
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (found.size() < snapshot.parts().size() && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> item : consumer.poll(Duration.ofMillis(100))) {
                Location location = new Location(item.topic(), item.partition(), item.offset());
                if (item.value() != null && snapshot.parts().contains(location)) {
                    found.put(location, item.value());
                }
            }
            if (isPast(wanted)) {
                break;
            }
        }
        consumer.unsubscribe();
        return found.size() == snapshot.parts().size() ? Optional.of(found) : Optional.empty();
    }

    private boolean isPast(Map<TopicPartition, TreeSet<Long>> wanted) {
        Set<TopicPartition> partitions = wanted.keySet();
        return partitions.stream()
                .allMatch(partition ->
                        consumer.position(partition) > wanted.get(partition).last());
    }

    private static Exact assemble(Snapshot snapshot, Map<Location, byte[]> found) {
        List<float[]> parts = new ArrayList<>();
        for (Location part : snapshot.parts()) {
            parts.add(Npy.decode(found.get(part)).floats());
        }
        float[] mean = parts.remove(parts.size() - 1);
        float[] atoms = new float[snapshot.shape().size()];
        int at = 0;
        for (float[] group : parts) {
            System.arraycopy(group, 0, atoms, at, group.length);
            at += group.length;
        }
        return new Exact(atoms, mean);
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close(CloseOptions.timeout(Duration.ofMillis(500)));
            consumer = null;
        }
    }
}
