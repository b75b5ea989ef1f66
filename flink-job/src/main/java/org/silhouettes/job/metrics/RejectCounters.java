package org.silhouettes.job.metrics;

import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.silhouettes.job.record.RejectReason;

/** Counts rejected records, in all and by reason. */
public final class RejectCounters {

    private final Counter all;
    private final Map<RejectReason, Counter> byReason = new EnumMap<>(RejectReason.class);

    public RejectCounters(MetricGroup group) {
        all = group.counter(MetricNames.REJECTED);
        for (RejectReason reason : RejectReason.values()) {
            byReason.put(
                    reason, group.addGroup(MetricNames.REASON, reason.label()).counter(MetricNames.REJECTED));
        }
    }

    public void count(RejectReason reason) {
        all.inc();
        byReason.get(reason).inc();
    }
}
