package org.silhouettes.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.StreamTaskStateInitializer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * An operator of the job that throws on demand. It takes the place of the real one in the finished graph, does
 * all that one does, and looks in a folder for a file named after the moment: where there is one, it deletes it and
 * throws, once. A committer waits instead: see {@link #holdCommits}.
 */
final class FailingOperator<I, O> implements OneInputStreamOperator<I, O> {

    private static final long serialVersionUID = 1L;

    /** End of the names that Flink gives to committers. */
    private static final String COMMITTER = ": Committer";

    private static final String HOLD = "HOLD_COMMITS";

    /** When to throw. */
    enum Moment {
        /** After an element was processed and its output was emitted: between checkpoints. */
        ELEMENT,
        /** After the models were written for a checkpoint, before its barrier is forwarded. */
        BEFORE_BARRIER,
        /** After the state's snapshot was started. */
        SNAPSHOT,
        /** When the checkpoint is complete but the operator has not been notified. */
        COMPLETE
    }

    private final OneInputStreamOperator<I, O> operator;
    private final Path folder;

    private FailingOperator(OneInputStreamOperator<I, O> operator, Path folder) {
        this.operator = operator;
        this.folder = folder;
    }

    /** Puts a failing one in the place of the operator of that name. */
    static void replace(StreamGraph graph, String name, Path folder) {
        StreamNode node = graph.getStreamNodes().stream()
                .filter(candidate -> candidate.getOperatorName().equals(name))
                .findFirst()
                .orElseThrow();
        node.setOperatorFactory(
                new Factory<>((AbstractStreamOperatorFactory<?>) node.getOperatorFactory(), folder.toString()));
    }

    /**
     * Puts a failing one in the place of each sink's committer. While the folder holds the file of {@link #holdCommits},
     * a committer that is notified of a complete checkpoint waits and commits nothing.
     */
    static void replaceCommitters(StreamGraph graph, Path folder) {
        graph.getStreamNodes().stream()
                .filter(node -> node.getOperatorName().endsWith(COMMITTER))
                .map(StreamNode::getOperatorName)
                .toList()
                .forEach(name -> replace(graph, name, folder));
    }

    /** Makes committers wait from now on; the returned file's removal resumes them. */
    static Path holdCommits(Path folder) {
        try {
            return Files.createFile(folder.resolve(HOLD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it throw at the next such moment. */
    static void arm(Path folder, Moment moment) {
        try {
            Files.createFile(folder.resolve(moment.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void throwIfArmed(Moment moment) throws IOException {
        if (Files.deleteIfExists(folder.resolve(moment.name()))) {
            throw new IllegalStateException("told to fail at " + moment);
        }
    }

    @Override
    public void processElement(StreamRecord<I> element) throws Exception {
        operator.processElement(element);
        throwIfArmed(Moment.ELEMENT);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        operator.prepareSnapshotPreBarrier(checkpoint);
        throwIfArmed(Moment.BEFORE_BARRIER);
    }

    @Override
    public OperatorSnapshotFutures snapshotState(
            long checkpoint, long timestamp, CheckpointOptions options, CheckpointStreamFactory storage)
            throws Exception {
        OperatorSnapshotFutures snapshot = operator.snapshotState(checkpoint, timestamp, options, storage);
        throwIfArmed(Moment.SNAPSHOT);
        return snapshot;
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        throwIfArmed(Moment.COMPLETE);
        Path hold = folder.resolve(HOLD);
        if (Files.exists(hold)) {
            Await.until("commits are let go", FlinkProcesses.PATIENCE, hold::toString, () -> !Files.exists(hold));
        }
        operator.notifyCheckpointComplete(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        operator.notifyCheckpointAborted(checkpoint);
    }

    @Override
    public void open() throws Exception {
        operator.open();
    }

    @Override
    public void finish() throws Exception {
        operator.finish();
    }

    @Override
    public void close() throws Exception {
        operator.close();
    }

    @Override
    public void initializeState(StreamTaskStateInitializer initializer) throws Exception {
        operator.initializeState(initializer);
    }

    @Override
    public void setKeyContextElement(StreamRecord<I> element) throws Exception {
        operator.setKeyContextElement(element);
    }

    @Override
    public void setKeyContextElement1(StreamRecord<?> element) throws Exception {
        operator.setKeyContextElement1(element);
    }

    @Override
    public void setKeyContextElement2(StreamRecord<?> element) throws Exception {
        operator.setKeyContextElement2(element);
    }

    @Override
    public OperatorMetricGroup getMetricGroup() {
        return operator.getMetricGroup();
    }

    @Override
    public OperatorID getOperatorID() {
        return operator.getOperatorID();
    }

    @Override
    public void setCurrentKey(Object key) {
        operator.setCurrentKey(key);
    }

    @Override
    public Object getCurrentKey() {
        return operator.getCurrentKey();
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        operator.processWatermark(watermark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        operator.processWatermarkStatus(status);
    }

    @Override
    public void processLatencyMarker(LatencyMarker marker) throws Exception {
        operator.processLatencyMarker(marker);
    }

    /** Makes the real operator and wraps it. */
    private static final class Factory<I, O> extends AbstractStreamOperatorFactory<O>
            implements OneInputStreamOperatorFactory<I, O> {

        private static final long serialVersionUID = 1L;

        private final AbstractStreamOperatorFactory<?> real;
        private final String folder;

        Factory(AbstractStreamOperatorFactory<?> real, String folder) {
            this.real = real;
            this.folder = folder;
            setChainingStrategy(real.getChainingStrategy());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T extends StreamOperator<O>> T createStreamOperator(StreamOperatorParameters<O> parameters) {
            real.setProcessingTimeService(processingTimeService);
            OneInputStreamOperator<I, O> operator = ((AbstractStreamOperatorFactory<O>) real)
                    .<OneInputStreamOperator<I, O>>createStreamOperator(parameters);
            return (T) new FailingOperator<>(operator, Path.of(folder));
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
            return FailingOperator.class;
        }
    }
}
