package org.silhouettes.job.record;

import org.apache.flink.util.OutputTag;
import org.silhouettes.wire.WireRecord;

/** Side outputs of the graph, one for each out topic. */
public final class Outputs {

    public static final OutputTag<WireRecord> DICTIONARIES = tag("dictionaries");
    public static final OutputTag<WireRecord> SILHOUETTES = tag("silhouettes");
    public static final OutputTag<WireRecord> ACTIVITY = tag("activity");
    public static final OutputTag<WireRecord> CODES = tag("codes");
    public static final OutputTag<WireRecord> REJECTED = tag("rejected");

    /** Rejections by one model of those that share a record with {@link #REJECTED}'s: green and blue of split channels. */
    public static final OutputTag<WireRecord> CHANNEL_REJECTED = tag("channel-rejected");

    private Outputs() {}

    private static OutputTag<WireRecord> tag(String id) {
        return new OutputTag<>(id, RecordTypeInfo.OUT);
    }
}
