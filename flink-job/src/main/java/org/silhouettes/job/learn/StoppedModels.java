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
 * Models that learn no more, one mark a key; every method is about the current key. A model whose work ended in an error may be
 * half changed: to go on with it, or with an older state of it, would give another dictionary without a word. So it is stopped:
 * what is in memory is dropped, what was written last stays in the state for whoever wants to look at it, and all further
 * images of the model are rejected. The way back is a checkpoint from before.
 *
 * <pre>
 * version 1 of the mark
 *   uint8  format version, 1
 *   text   why the model's images are rejected, behind its int32 length
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

    /** Why the model is stopped; null where it is not. */
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
     * @param doing what it failed at
     * @return what the record is rejected with that it failed at
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

    /** A record's coordinates, as the reason names them. */
    static String at(RawRecord record) {
        return "at " + record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    /** Forgets that the model is stopped: it starts over. */
    void clear() {
        marks.clear();
    }
}
