package org.silhouettes.job.learn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.ImageRecordSerializer;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** The learning operator at some parallelism, in one thread, with savepoints that any parallelism restores. */
final class OperatorHarness implements AutoCloseable {

    private static final int MAX_PARALLELISM = 16;
    private static final int LARGEST_SNAPSHOT = 64 << 20;

    private final List<KeyedOneInputStreamOperatorTestHarness<String, ImageRecord, WireRecord>> subtasks =
            new ArrayList<>();
    private long checkpoint;

    private OperatorHarness() {}

    /** Options that make a model of 6x6 images small and quick. */
    static Map<String, String> smallModels(String... more) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "model.groups", "3",
                "model.group-size", "4",
                "model.batch", "8",
                "init.warm-up", "40",
                "encoder.lambda", "0.5",
                "activity.every", "3",
                "snapshot.every", "5"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    static OperatorHarness start(Map<String, String> options) throws Exception {
        return start(options, 1, null, false);
    }

    static OperatorHarness restore(Map<String, String> options, int parallelism, OperatorSubtaskState savepoint)
            throws Exception {
        return start(options, parallelism, savepoint, false);
    }

    static OperatorHarness start(
            Map<String, String> options, int parallelism, OperatorSubtaskState savepoint, boolean rocks)
            throws Exception {
        return start(options, parallelism, savepoint, rocks, TopicHistory.NONE, 0);
    }

    /** @param time processing time at which the subtasks start */
    static OperatorHarness start(
            Map<String, String> options, int parallelism, OperatorSubtaskState savepoint, boolean rocks, long time)
            throws Exception {
        return start(options, parallelism, savepoint, rocks, TopicHistory.NONE, time);
    }

    static OperatorHarness start(
            Map<String, String> options,
            int parallelism,
            OperatorSubtaskState savepoint,
            boolean rocks,
            TopicHistory topics)
            throws Exception {
        return start(options, parallelism, savepoint, rocks, topics, 0);
    }

    private static OperatorHarness start(
            Map<String, String> options,
            int parallelism,
            OperatorSubtaskState savepoint,
            boolean rocks,
            TopicHistory topics,
            long time)
            throws Exception {
        OperatorHarness harness = new OperatorHarness();
        for (int i = 0; i < parallelism; i++) {
            var subtask = new KeyedOneInputStreamOperatorTestHarness<String, ImageRecord, WireRecord>(
                    new LearningOperator(JobSettings.from(options).learning(), topics),
                    ImageRecord::model,
                    Types.STRING,
                    MAX_PARALLELISM,
                    parallelism,
                    i);
            subtask.setCheckpointStorage(new JobManagerCheckpointStorage(LARGEST_SNAPSHOT));
            if (rocks) {
                subtask.setStateBackend(new EmbeddedRocksDBStateBackend(true));
            }
            subtask.setProcessingTime(time);
            subtask.setup();
            subtask.getStreamConfig().setupNetworkInputs(ImageRecordSerializer.INSTANCE);
            if (savepoint != null) {
                int before = savepoint.getManagedOperatorState().size();
                subtask.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        savepoint, MAX_PARALLELISM, before, parallelism, i));
            }
            subtask.open();
            harness.subtasks.add(subtask);
        }
        return harness;
    }

    void process(List<ImageRecord> images) throws Exception {
        for (ImageRecord image : images) {
            process(image);
        }
    }

    void process(ImageRecord image) throws Exception {
        int subtask =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(image.model(), MAX_PARALLELISM, subtasks.size());
        subtasks.get(subtask).processElement(new StreamRecord<>(image));
    }

    /** A checkpoint, as a state that {@link #restore} takes. */
    OperatorSubtaskState savepoint() throws Exception {
        checkpoint++;
        OperatorSubtaskState[] states = new OperatorSubtaskState[subtasks.size()];
        for (int i = 0; i < states.length; i++) {
            subtasks.get(i).prepareSnapshotPreBarrier(checkpoint);
            states[i] = subtasks.get(i).snapshot(checkpoint, checkpoint);
        }
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    void setTime(long millis) throws Exception {
        for (var subtask : subtasks) {
            subtask.setProcessingTime(millis);
        }
    }

    /** Sets the clock by which state expires. */
    void setStateTime(long millis) {
        subtasks.forEach(subtask -> subtask.setStateTtlProcessingTime(millis));
    }

    /** What the subtasks' caches did. */
    List<CacheMetrics> cacheMetrics() {
        return subtasks.stream()
                .map(subtask -> ((LearningOperator) subtask.getOneInputOperator()).cacheMetrics())
                .toList();
    }

    /** All records of a side output so far, subtask by subtask. */
    List<WireRecord> output(OutputTag<WireRecord> tag) {
        List<WireRecord> records = new ArrayList<>();
        for (var subtask : subtasks) {
            var output = subtask.getSideOutput(tag);
            if (output != null) {
                output.forEach(record -> records.add(record.getValue()));
            }
        }
        return records;
    }

    List<String> texts(OutputTag<WireRecord> tag) {
        return output(tag).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** SHA-256 of the dictionary by model and version, of all snapshots so far. */
    Map<String, String> hashes() {
        Map<String, String> hashes = new TreeMap<>();
        for (WireRecord record : output(Outputs.DICTIONARIES)) {
            if (record.value() == null) {
                continue;
            }
            String key = record.headers().text(Headers.MODEL) + " at "
                    + record.headers().text(Headers.VERSION);
            String before = hashes.put(key, record.headers().text(Headers.SHA256));
            if (before != null && !before.equals(hashes.get(key))) {
                throw new AssertionError("two dictionaries of " + key);
            }
        }
        return hashes;
    }

    @Override
    public void close() throws Exception {
        for (var subtask : subtasks) {
            subtask.close();
        }
    }
}
