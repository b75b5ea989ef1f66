package org.silhouettes.job.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.silhouettes.wire.kafka.Causes;

/** The connector's reader, for one topic and from positions that exist. */
final class ImagesReader<T> implements SourceReader<T, KafkaPartitionSplit> {

    private final SourceReader<T, KafkaPartitionSplit> reader;
    private final String topic;
    private final SerializableSupplier<Properties> clients;
    private final SplitPositions positions;

    ImagesReader(
            SourceReader<T, KafkaPartitionSplit> reader,
            String topic,
            SerializableSupplier<Properties> clients,
            SplitPositions positions) {
        this.reader = reader;
        this.topic = topic;
        this.clients = clients;
        this.positions = positions;
    }

    @Override
    public void addSplits(List<KafkaPartitionSplit> splits) {
        reader.addSplits(checked(SplitPositions.ofTopic(topic, splits)));
    }

    private List<KafkaPartitionSplit> checked(List<KafkaPartitionSplit> splits) {
        Admin admin = Admin.create(clients.get());
        try {
            return positions.check(splits, new TopicOffsets(admin));
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        try {
            return reader.pollNext(output);
        } catch (RuntimeException e) {
            OffsetOutOfRangeException missing =
                    Causes.find(e, OffsetOutOfRangeException.class).orElseThrow(() -> e);
            // reports what is missing; a job that may continue does so when it is restored
            List<KafkaPartitionSplit> behind = new ArrayList<>();
            missing.offsetOutOfRangePartitions()
                    .forEach((partition, offset) -> behind.add(new KafkaPartitionSplit(partition, offset)));
            checked(behind);
            throw e;
        }
    }

    @Override
    public void start() {
        reader.start();
    }

    @Override
    public List<KafkaPartitionSplit> snapshotState(long checkpoint) {
        return reader.snapshotState(checkpoint);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return reader.isAvailable();
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        reader.handleSourceEvents(event);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        reader.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        reader.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        reader.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }
}
