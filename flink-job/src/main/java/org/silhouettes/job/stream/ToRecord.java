package org.silhouettes.job.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;

/**
 * Makes records of images. A record's topic is the stream's name, its partition the subtask, its offset a count that is part
 * of the state: a rejection and a run id name it as they name a record of Kafka.
 */
final class ToRecord extends RichMapFunction<InputImage, RawRecord> implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final String stream;
    private transient ListState<Long> stored;
    private transient int subtask;
    private transient long next;

    ToRecord(String stream) {
        this.stream = stream;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        stored = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("next", Types.LONG));
        // after rescaling, a subtask continues behind the largest count, so that no coordinates are used twice
        for (long count : stored.get()) {
            next = Math.max(next, count);
        }
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        stored.update(List.of(next));
    }

    @Override
    public RawRecord map(InputImage image) {
        List<String> headers = new ArrayList<>();
        add(headers, Headers.CONTENT_TYPE, image.contentType());
        if (Headers.RAW.equals(image.contentType())) {
            add(headers, Headers.WIDTH, Integer.toString(image.width()));
            add(headers, Headers.HEIGHT, Integer.toString(image.height()));
            add(headers, Headers.CHANNELS, Integer.toString(image.channels()));
        }
        add(headers, Headers.LABEL, image.label());
        add(headers, Headers.ID, image.id());
        add(headers, Headers.FLUSH, image.flush() ? "true" : null);
        byte[] key = image.model() == null ? null : image.model().getBytes(StandardCharsets.UTF_8);
        return new RawRecord(
                key, image.value(), RecordHeaders.of(headers.toArray(String[]::new)), stream, subtask, next++);
    }

    private static void add(List<String> headers, String name, String value) {
        if (value != null) {
            headers.add(name);
            headers.add(value);
        }
    }
}
