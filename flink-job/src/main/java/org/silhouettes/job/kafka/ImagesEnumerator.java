package org.silhouettes.job.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connector's enumerator, which also logs what holds images and output back. */
final class ImagesEnumerator implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {

    private static final Logger LOG = LoggerFactory.getLogger(ImagesEnumerator.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;
    private final SplitEnumeratorContext<KafkaPartitionSplit> context;
    private final SerializableSupplier<Properties> clients;
    private final DeferredImages deferred;
    private final OutputTransactions output;
    private Admin admin;

    ImagesEnumerator(
            SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator,
            SplitEnumeratorContext<KafkaPartitionSplit> context,
            String topic,
            SerializableSupplier<Properties> clients,
            OutputTransactions output) {
        this.enumerator = enumerator;
        this.context = context;
        this.clients = clients;
        this.deferred = new DeferredImages(topic);
        this.output = output;
    }

    @Override
    public void start() {
        enumerator.start();
        admin = Admin.create(clients.get());
        TopicOffsets offsets = new TopicOffsets(admin);
        // once: later ones are this job's, or those of a producer that works
        context.callAsync(() -> output.check(offsets, Instant.now()), ImagesEnumerator::logOrFail);
        context.callAsync(
                () -> deferred.look(offsets), ImagesEnumerator::log, LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis());
    }

    private static void logOrFail(List<String> warnings, Throwable failure) {
        if (failure instanceof SuppressRestartsException refused) {
            throw refused; // ends the job
        }
        log(warnings, failure);
    }

    private static void log(List<String> reports, Throwable failure) {
        if (failure != null) {
            LOG.debug("could not look for open transactions", failure);
        } else {
            reports.forEach(LOG::warn);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            enumerator.close();
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {
        enumerator.handleSplitRequest(subtask, host);
    }

    @Override
    public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
        enumerator.addSplitsBack(splits, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
    }

    @Override
    public KafkaSourceEnumState snapshotState(long checkpoint) throws Exception {
        return enumerator.snapshotState(checkpoint);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        enumerator.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        enumerator.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        enumerator.handleSourceEvent(subtask, event);
    }
}
