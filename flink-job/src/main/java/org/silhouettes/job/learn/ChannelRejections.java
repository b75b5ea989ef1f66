package org.silhouettes.job.learn;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.job.metrics.RejectCounters;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.wire.WireRecord;

/**
 * Merges the rejections of the models of an image's split channels into one record. The first input has the rejections of the
 * first channel and of images that are not split; these pass. The second input has the rejections of the other channels; they
 * pass if the first channel accepted the image.
 *
 * <p>The three models decide in separate tasks, but everything that follows from one record arrives between the same two
 * barriers. So all decisions are known at a barrier, and there is no state. Runs with parallelism 1, as any task may have rejected
 * a channel. With unaligned checkpoints, or more simultaneous rejections than are kept, an image may get two records.
 */
public final class ChannelRejections extends AbstractStreamOperator<WireRecord>
        implements TwoInputStreamOperator<WireRecord, WireRecord, WireRecord> {

    private static final int MAX_SEEN = 200_000;
    private static final long MAX_BYTES = 32L << 20;

    private transient Set<String> firstRefused;
    private transient Map<String, WireRecord> others;
    private transient long othersBytes;
    private transient RejectCounters rejected;

    @Override
    public void open() throws Exception {
        super.open();
        firstRefused = new HashSet<>();
        others = new LinkedHashMap<>();
        rejected = new RejectCounters(getMetricGroup().addGroup(MetricNames.GROUP));
    }

    @Override
    public void processElement1(StreamRecord<WireRecord> first) {
        if (firstRefused.size() < MAX_SEEN) {
            firstRefused.add(RejectedRecords.coordinates(first.getValue()));
        }
        output.collect(first);
    }

    @Override
    public void processElement2(StreamRecord<WireRecord> other) {
        String coordinates = RejectedRecords.coordinates(other.getValue());
        if (!firstRefused.contains(coordinates) && others.putIfAbsent(coordinates, other.getValue()) == null) {
            othersBytes += other.getValue().bytes();
        }
        Iterator<Map.Entry<String, WireRecord>> oldestFirst = others.entrySet().iterator();
        while (othersBytes > MAX_BYTES) {
            Map.Entry<String, WireRecord> oldest = oldestFirst.next();
            oldestFirst.remove();
            emit(oldest.getKey(), oldest.getValue());
        }
    }

    private void emit(String coordinates, WireRecord other) {
        othersBytes -= other.bytes();
        if (!firstRefused.contains(coordinates)) {
            rejected.count(RejectedRecords.reason(other));
            output.collect(new StreamRecord<>(other));
        }
    }

    private void emitAll() {
        others.forEach(this::emit);
        others.clear();
        firstRefused.clear();
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) {
        emitAll();
    }

    @Override
    public void finish() throws Exception {
        emitAll();
        super.finish();
    }
}
