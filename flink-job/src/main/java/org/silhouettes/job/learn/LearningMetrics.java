package org.silhouettes.job.learn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.silhouettes.core.statistics.WindowReport;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.job.metrics.RejectCounters;
import org.silhouettes.job.metrics.ValueGroups;

/** The learning operator's metrics, named in {@link MetricNames}. */
final class LearningMetrics {

    /** Values of a model's gauges, copied at its reports so that no gauge references an evicted model. */
    private static final class ModelGauges {
        private volatile long version;
        private volatile long learned;
        private volatile long atomResets;
        private volatile long groupResets;
        private volatile long dropped;
        private volatile WindowReport window;
        private MetricGroup group;

        /** NaN before the first report, as 0 would be a perfect loss. */
        Gauge<Double> ofWindow(ToDoubleFunction<WindowReport> value) {
            return () -> {
                WindowReport last = window;
                return last == null ? Double.NaN : value.applyAsDouble(last);
            };
        }
    }

    private final MetricGroup group;
    private final Map<String, ModelGauges> models = new HashMap<>();
    private final Counter images;
    private final Counter learned;
    private final Counter encoded;
    private final Counter updates;
    private final Counter skippedSheets;
    private final Counter lateLabels;
    private final Counter unmatchedLabels;
    private final RejectCounters rejected;
    private final Counter channelsRejected;
    private final Counter duplicates;
    private final Counter deleted;
    private final Counter forgotten;

    LearningMetrics(MetricGroup operatorGroup) {
        group = operatorGroup.addGroup(MetricNames.GROUP);
        images = group.counter(MetricNames.IMAGES);
        learned = group.counter(MetricNames.LEARNED);
        encoded = group.counter(MetricNames.ENCODED);
        updates = group.counter(MetricNames.UPDATES);
        skippedSheets = group.counter(MetricNames.SKIPPED_SHEETS);
        lateLabels = group.counter(MetricNames.LATE_LABELS);
        unmatchedLabels = group.counter(MetricNames.UNMATCHED_LABELS);
        rejected = new RejectCounters(group);
        channelsRejected = group.counter(MetricNames.CHANNELS_REJECTED);
        duplicates = group.counter(MetricNames.DUPLICATES);
        deleted = group.counter(MetricNames.DELETED_MODELS);
        forgotten = group.counter(MetricNames.EXPIRED_MODELS);
    }

    MetricGroup group() {
        return group;
    }

    RejectCounters rejected() {
        return rejected;
    }

    void channelRejected() {
        channelsRejected.inc();
    }

    void deleted() {
        deleted.inc();
    }

    void forgotten() {
        forgotten.inc();
    }

    void duplicate() {
        duplicates.inc();
    }

    void image() {
        images.inc();
    }

    void label(boolean matched) {
        (matched ? lateLabels : unmatchedLabels).inc();
    }

    /** Counts labels that were applied when their model was loaded. */
    void labels(int matched, int unmatched) {
        lateLabels.inc(matched);
        unmatchedLabels.inc(unmatched);
    }

    void encoded(int count, boolean learn) {
        encoded.inc(count);
        if (learn) {
            learned.inc(count);
        }
    }

    void updated() {
        updates.inc();
    }

    void sheetLeftOut() {
        skippedSheets.inc();
    }

    /** Updates the gauges of a model at a report. */
    void reported(Model model) {
        ModelGauges gauges = models.get(model.name());
        if (gauges == null) {
            if (models.size() >= MetricNames.MODEL_GROUPS) {
                return;
            }
            gauges = register(model.name());
            models.put(model.name(), gauges);
        }
        gauges.version = model.version();
        gauges.learned = model.learner().learned();
        gauges.atomResets = model.learner().training().usage().resetAtoms();
        gauges.groupResets = model.learner().training().usage().resetGroups();
        gauges.dropped = model.learner().training().droppedUpdates();
        gauges.window = model.lastWindow();
    }

    /** Unregisters the gauges of a removed model, which frees a place for another one. */
    void removed(String model) {
        ModelGauges gauges = models.remove(model);
        if (gauges != null) {
            ValueGroups.remove(gauges.group, model);
        }
    }

    private ModelGauges register(String model) {
        ModelGauges gauges = new ModelGauges();
        MetricGroup own = group.addGroup(MetricNames.MODEL, model);
        gauges.group = own;
        own.gauge(MetricNames.MODEL_VERSION, (Gauge<Long>) () -> gauges.version);
        own.gauge(MetricNames.MODEL_LEARNED, (Gauge<Long>) () -> gauges.learned);
        own.gauge(MetricNames.MODEL_ATOM_RESETS, (Gauge<Long>) () -> gauges.atomResets);
        own.gauge(MetricNames.MODEL_GROUP_RESETS, (Gauge<Long>) () -> gauges.groupResets);
        own.gauge(MetricNames.MODEL_DROPPED, (Gauge<Long>) () -> gauges.dropped);
        own.gauge(MetricNames.MODEL_LOSS, gauges.ofWindow(WindowReport::mse));
        own.gauge(MetricNames.MODEL_ACTIVE_GROUPS, gauges.ofWindow(WindowReport::activeGroups));
        own.gauge(MetricNames.MODEL_SILENT, gauges.ofWindow(WindowReport::silentImages));
        return gauges;
    }
}
