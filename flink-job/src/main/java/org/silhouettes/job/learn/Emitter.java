package org.silhouettes.job.learn;

import org.apache.flink.util.OutputTag;
import org.silhouettes.wire.WireRecord;

/** Takes the output records of models. */
interface Emitter {
    void emit(OutputTag<WireRecord> output, WireRecord record);
}
