package org.silhouettes.job.learn;

import org.apache.flink.util.OutputTag;
import org.silhouettes.wire.WireRecord;

/** Where a model's records go. */
interface Emitter {
    void emit(OutputTag<WireRecord> output, WireRecord record);
}
