package org.silhouettes.job.learn;

import java.io.IOException;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.silhouettes.core.state.Binary;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks of models that have stopped learning, one per key; methods refer to the current key. A model whose work failed may be half
 * updated: continuing with it, or with an older state, would silently give another dictionary. So the model in memory is dropped,
 * the state keeps its last version for inspection, and all its further images are rejected. To recover, restore a checkpoint from
 * before the failure.
 *
 * <pre>
 * version 1 of the mark
 *   uint8  format version, 1
 *   text   reason of the rejections, behind its int32 length
 * </pre>
 */
final class StoppedModels {

    private static final Logger LOG = LoggerFactory.getLogger(StoppedModels.class);
    private static final int VERSION = 1;

    private final ValueState<byte[]> marks;

    StoppedModels(KeyedStateStore store) {
        this.marks = store.getState(
                new ValueStateDescriptor<>("stopped-models", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    /** Why the model is stopped; null if it is not. */
    Rejection rejection() throws IOException {
        byte[] mark = marks.value();
        return mark == null
                ? null
                : new Rejection(
                        RejectReason.MODEL_STOPPED, StateBytes.read("stopped model", VERSION, mark, Binary::readText));
    }

    /**
     * Stops the model.
     *
     * @param doing what failed
     * @return the rejection of the record that caused the failure
     */
    Rejection stop(String name, String doing, Throwable failure) throws IOException {
        String why = "model \"" + name + "\" was stopped by " + failure + " " + doing
                + " and may have learned half of a mini-batch: restore a checkpoint from before"
                + (failure instanceof OutOfMemoryError ? " with more memory or a smaller models.cache-bytes" : "")
                + ", or send the images under another model name";
        LOG.error("{}", why, failure);
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeByte(VERSION);
        Binary.writeText(out, why);
        marks.update(out.getCopyOfBuffer());
        return new Rejection(RejectReason.MODEL_STOPPED, why);
    }

    /** Coordinates of a record, for the reason. */
    static String at(RawRecord record) {
        return "at " + record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** Clears the mark: the model starts over. */
    void clear() {
        marks.clear();
    }
}
