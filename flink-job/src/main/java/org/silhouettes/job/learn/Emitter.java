package org.silhouettes.job.learn;

import org.apache.flink.util.OutputTag;
import org.silhouettes.job.record.OutRecord;

/** Where a model's records go. */
interface Emitter {
    void emit(OutputTag<OutRecord> output, OutRecord record);
}
