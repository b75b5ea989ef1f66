package org.silhouettes.job.record;

import org.apache.flink.util.OutputTag;

/** Side outputs of the graph, one for each out topic. */
public final class Outputs {

    public static final OutputTag<OutRecord> DICTIONARIES = tag("dictionaries");
    public static final OutputTag<OutRecord> SILHOUETTES = tag("silhouettes");
    public static final OutputTag<OutRecord> ACTIVITY = tag("activity");
    public static final OutputTag<OutRecord> CODES = tag("codes");
    public static final OutputTag<OutRecord> REJECTED = tag("rejected");

    /** Rejections by one model of those that share a record with {@link #REJECTED}'s: green and blue of split channels. */
    public static final OutputTag<OutRecord> CHANNEL_REJECTED = tag("channel-rejected");

    private Outputs() {}

    private static OutputTag<OutRecord> tag(String id) {
        return new OutputTag<>(id, RecordTypeInfo.OUT);
    }
}
