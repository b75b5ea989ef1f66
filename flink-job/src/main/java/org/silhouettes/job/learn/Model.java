package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.drift.DriftMark;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.evaluation.DictionaryMetrics;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.LearnerListener;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.core.statistics.WindowReport;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.record.ImageRecord;

/**
 * A model in memory: its learner, its statistics, and when it reports what. Everything it emits follows from its images
 * and their order alone, but for the wall-clock time that activity records carry. Not thread-safe.
 */
final class Model implements LearnerListener {

    private final ModelRun run;
    private final LearningSettings settings;
    private final ModelReports reports;
    private final Learner learner;
    private final ActivityTracker activity;
    private final DriftMonitor drift;
    private final LateLabels labels;
    private final ModelTrainingSteps engines;
    private final String channels;
    private long unencoded;
    private long rejected;
    private int sinceReport;
    private WindowReport lastWindow;
    private double blockCoherence = Double.NaN;
    private boolean flushing;
    /** Whether an update in a flush has a report due, made before the next batch or as the flush's own. */
    private boolean heldBack;

    private boolean heldBackSnapshot;
    /** Whether the dictionary has new groups that no snapshot has shown. */
    private boolean grown;

    private boolean dirty;
    private long accountedBytes;
    private long lastUse;
    private boolean timerSet;

    /** A model that has seen nothing yet. */
    Model(ModelRun run, ImageShape image, LearningSettings settings, ModelTrainingSteps engines, ModelReports reports) {
        this(
                run,
                new Learner(image, engines.usual()),
                new ActivityTracker(settings.activity()),
                new DriftMonitor(settings.drift()),
                new LateLabels(settings.stream().waitForLabels()),
                settings.channels().label(),
                settings,
                engines,
                reports);
    }

    /** Goes on where {@link #state()} was taken; it counts as changed, as images may have been buffered since. */
    Model(ModelRun run, ModelState state, LearningSettings settings, ModelTrainingSteps engines, ModelReports reports) {
        this(
                run,
                new Learner(state.learner(), engines.usual()),
                state.activity(),
                state.drift(),
                state.labels(),
                state.channels(),
                settings,
                engines,
                reports);
        drift.settings(settings.drift());
        learner.engines(drift.acting() ? engines.acting() : engines.usual());
        this.unencoded = state.unencoded();
        this.rejected = state.rejected();
        this.sinceReport = state.sinceReport();
        this.blockCoherence = state.blockCoherence();
        this.dirty = true;
    }

    private Model(
            ModelRun run,
            Learner learner,
            ActivityTracker activity,
            DriftMonitor drift,
            LateLabels labels,
            String channels,
            LearningSettings settings,
            ModelTrainingSteps engines,
            ModelReports reports) {
        this.run = run;
        this.learner = learner;
        this.activity = activity;
        this.drift = drift;
        this.labels = labels;
        this.engines = engines;
        this.channels = channels;
        this.settings = settings;
        this.reports = reports;
        boundStatistics();
    }

    /** What the statistics may take follows from the dictionary. */
    private void boundStatistics() {
        int groups = warmingUp() ? 0 : learner.dictionary().shape().groups();
        ModelSize.Statistics bounds = ModelSize.statistics(learner.image(), groups, settings);
        activity.settings(bounds.activity());
        labels.most(settings.stream().waitForLabels(), bounds.lateBytes());
    }

    /** All there is to persist; live objects. */
    ModelState state() {
        return new ModelState(
                learner.state(), activity, drift, labels, channels, unencoded, rejected, sinceReport, blockCoherence);
    }

    /** What is to be known of the model while it is out of memory. */
    ModelOutline outline() {
        LearnerState state = learner.state();
        Dictionary dictionary = state.dictionary();
        return new ModelOutline(
                state.image(),
                channels,
                dictionary == null ? 0 : dictionary.shape().groups(),
                dictionary == null ? 0 : dictionary.shape().groupSize(),
                state.buffers().warmUp().size(),
                state.buffers().pending().size(),
                state.buffers().unlearned().size(),
                timerSet);
    }

    /** Takes an image of the model's shape. */
    void accept(ImageRecord image) {
        dirty = true;
        boolean taken = learner.accept(image.streamImage(), this);
        unencoded += taken ? 0 : 1;
        int buffered = warmingUp() ? learner.state().buffers().warmUp().size() : 0;
        if (image.flush()) {
            flush(true);
        } else if (image.learn() && ModelOutline.warmUpReportDue(buffered)) {
            report(false);
        }
    }

    /**
     * Takes the label of an image that came without one, for the statistics alone.
     *
     * @return whether it belongs to an image
     */
    boolean label(String id, String label) {
        dirty = true;
        return labels.label(id, label, activity, learner.state());
    }

    /** Learns from a partly filled mini-batch; a warm-up goes on. */
    void flushBatch() {
        if (!warmingUp() && hasPending()) {
            dirty = true;
            flush(false);
        }
    }

    /** Learns from what is buffered; the last update's report, where one is due, and that of the flush are one. */
    private void flush(boolean snapshot) {
        flushing = true;
        learner.flush(this);
        flushing = false;
        report(snapshot || heldBackSnapshot);
    }

    /** Counts an image that was refused. */
    void refused() {
        dirty = true;
        rejected++;
    }

    @Override
    public void initialised(Dictionary dictionary) {
        boundStatistics();
        report(true);
    }

    @Override
    public void encoded(
            List<StreamImage> images, float[] centred, CodeBatch codes, Dictionary dictionary, boolean learn) {
        if (heldBack) {
            report(heldBackSnapshot);
        }
        List<StreamImage> labelled = labels.encoded(images, codes, learn);
        activity.encoded(labelled, centred, codes, dictionary, learn);
        drift.encoded(images, centred, codes, dictionary, learn);
        learner.engines(drift.acting() ? engines.acting() : engines.usual());
        sinceReport++;
        reports.encoded(images.size(), learn);
        if (settings.reports().codes() == CodesEmit.ALL
                || settings.reports().codes() == CodesEmit.UNLEARNED && !learn) {
            reports.codes(run, labelled, centred, codes, dictionary.version(), learn);
        }
        if (!learn && !flushing && sinceReport >= settings.reports().activityEvery()) {
            report(false);
        }
    }

    @Override
    public void grown(Dictionary dictionary, int more) {
        activity.grown(dictionary, more);
        labels.grow(dictionary.shape().groups());
        drift.grown(dictionary, more);
        boundStatistics();
        grown = true;
    }

    @Override
    public void groupsLimited(Dictionary dictionary) {
        drift.groupsLimited(dictionary);
    }

    @Override
    public void updated(Dictionary dictionary) {
        reports.updated();
        boolean snapshot = grown || settings.reports().snapshotDue(dictionary.version());
        grown = false;
        if (snapshot
                || sinceReport >= settings.reports().activityEvery()
                || !drift.marks().isEmpty()) {
            if (flushing) {
                heldBack = true;
                heldBackSnapshot = snapshot;
            } else {
                report(snapshot);
            }
        }
    }

    /** Emits an activity record, with the dictionary and pictures where there is a snapshot to emit. */
    private void report(boolean snapshot) {
        ActivityReport report = activity.report(
                learner.image().values(), settings.learner().encoder().lambda());
        report.window().ifPresent(window -> lastWindow = window);
        if (snapshot && !warmingUp()) {
            blockCoherence = learner.dictionary().shape().atoms() > ModelSize.COHERENCE_ATOMS
                    ? Double.NaN
                    : DictionaryMetrics.blockCoherence(learner.dictionary());
            reports.dictionary(run, learner);
            reports.silhouettes(run, learner, report);
        }
        reports.activity(this, report);
        activity.startWindow();
        drift.reported();
        sinceReport = 0;
        heldBack = false;
        heldBackSnapshot = false;
    }

    String name() {
        return run.name();
    }

    ModelRun run() {
        return run;
    }

    Learner learner() {
        return learner;
    }

    /** Drifts seen since the last report. */
    List<DriftMark> marks() {
        return drift.marks();
    }

    /** What came of labels that came later than their images. */
    LateLabels labels() {
        return labels;
    }

    boolean warmingUp() {
        return learner.dictionary() == null;
    }

    /** Updates so far, −1 during warm-up. */
    long version() {
        return warmingUp() ? -1 : learner.dictionary().version();
    }

    boolean hasPending() {
        LearnerState state = learner.state();
        return !state.buffers().pending().isEmpty()
                || !state.buffers().unlearned().isEmpty();
    }

    long unencoded() {
        return unencoded;
    }

    long rejected() {
        return rejected;
    }

    /** The last report's window of images learned from, or null before the first since the model was loaded. */
    WindowReport lastWindow() {
        return lastWindow;
    }

    /** Block coherence of the last snapshot's dictionary; NaN where it is not known. */
    double blockCoherence() {
        return blockCoherence;
    }

    boolean dirty() {
        return dirty;
    }

    void markClean() {
        dirty = false;
    }

    /** Whether a timer is set that will flush the partly filled mini-batch. */
    boolean timerSet() {
        return timerSet;
    }

    void timerSet(boolean set) {
        dirty |= timerSet != set;
        timerSet = set;
    }

    /** What the cache has counted for this model. */
    long accountedBytes() {
        return accountedBytes;
    }

    void accountedBytes(long bytes) {
        accountedBytes = bytes;
    }

    /** When the model was used last, by the clock of {@link ModelTrainingSteps}. */
    long lastUse() {
        return lastUse;
    }

    void lastUse(long time) {
        lastUse = time;
    }

    /** An estimate of the heap that the model takes. */
    long bytes() {
        return ModelSize.bytes(learner.state(), learner.bufferedText(), activity) + labels.bytes();
    }
}
