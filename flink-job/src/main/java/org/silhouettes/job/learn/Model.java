package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.evaluation.DictionaryMetrics;
import org.silhouettes.core.learner.EncodedBatch;
import org.silhouettes.core.learner.InitialisationResult;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.UpdateResult;
import org.silhouettes.core.state.DriftMark;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.statistics.ActivityReport;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.core.statistics.WindowReport;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.learn.ReportSchedule.Report;
import org.silhouettes.job.record.ImageRecord;

/**
 * A model in memory: its learner, its statistics and its reports. Its output depends only on its images and their order, except
 * for the wall-clock time in activity records. Not thread-safe.
 */
final class Model {

    private final ModelRun run;
    private final LearningSettings settings;
    private final ModelTrainingSteps steps;
    private final ModelReports reports;
    private final Learner learner;
    private final ActivityTracker activity;
    private final DriftMonitor drift;
    private final LateLabels labels;
    private final ReportSchedule schedule;
    private final String channels;
    private long unencoded;
    private long rejected;
    private WindowReport lastWindow;
    private double blockCoherence;

    /** A model without any image. */
    Model(ModelRun run, ImageShape image, LearningSettings settings, ModelTrainingSteps steps, ModelReports reports) {
        this(run, ModelState.empty(image, settings), settings, steps, reports);
    }

    /** Continues from a {@link #state()}. */
    Model(ModelRun run, ModelState state, LearningSettings settings, ModelTrainingSteps steps, ModelReports reports) {
        this.run = run;
        this.settings = settings;
        this.steps = steps;
        this.reports = reports;
        this.learner = new Learner(state.learner(), steps.usual());
        this.activity = state.activity();
        this.drift = state.drift();
        this.labels = state.labels();
        this.schedule = new ReportSchedule(settings.reports(), state.counts().sinceReport());
        this.channels = state.channels();
        this.unencoded = state.counts().unencoded();
        this.rejected = state.counts().rejected();
        this.blockCoherence = state.blockCoherence();
        drift.settings(settings.drift());
        learner.trainWith(steps.of(drift));
        boundStatistics();
    }

    /** Bounds the memory of the statistics, which depends on the dictionary. */
    private void boundStatistics() {
        int groups = warmingUp() ? 0 : learner.dictionary().shape().groups();
        ModelSize.Statistics bounds = ModelSize.statistics(learner.image(), groups, settings);
        activity.settings(bounds.activity());
        labels.most(settings.stream().waitForLabels(), bounds.lateBytes());
    }

    /** Everything to persist; live objects. */
    ModelState state() {
        return new ModelState(
                learner.state(),
                activity,
                drift,
                labels,
                channels,
                new ModelState.Counts(unencoded, rejected, schedule.sinceReport()),
                blockCoherence);
    }

    /**
     * The outline to keep while the model is out of memory.
     *
     * @param timerSet whether a timer will flush the partly filled mini-batch
     */
    ModelOutline outline(boolean timerSet) {
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

    /** Takes an image of the model's shape, and learns from the mini-batches that are due with it. */
    void accept(ImageRecord image) {
        unencoded += learner.accept(image.image()) ? 0 : 1;
        learnDue(false);
        int warmUp = warmingUp() ? learner.state().buffers().warmUp().size() : 0;
        if (image.flush()) {
            flush(true);
        } else if (image.learn() && ModelOutline.warmUpReportDue(warmUp)) {
            emit(Report.ACTIVITY);
        }
    }

    /**
     * Adds the label of an image that came without one to the statistics.
     *
     * @return whether it belongs to an image
     */
    boolean label(String id, String label) {
        return labels.label(id, label, activity, learner.state());
    }

    /** Learns from a partly filled mini-batch; a warm-up continues. */
    void flushBatch() {
        if (!warmingUp() && hasPending()) {
            flush(false);
        }
    }

    private void flush(boolean snapshot) {
        learnDue(true);
        emit(schedule.flushed(snapshot));
    }

    private void learnDue(boolean flush) {
        learner.initialise(flush).ifPresent(this::initialised);
        for (EncodedBatch batch = learner.encode(flush); batch != null; batch = learner.encode(flush)) {
            encoded(batch, flush);
            if (batch.learn()) {
                updated(learner.learn(batch), flush && !learner.isBatchDue(true));
            }
        }
    }

    private void initialised(InitialisationResult result) {
        if (result.groupsLimited()) {
            drift.groupsLimited(result.dictionary());
        }
        boundStatistics();
        emit(Report.SNAPSHOT);
    }

    private void encoded(EncodedBatch batch, boolean flush) {
        List<StreamImage> labelled = labels.encoded(batch.images(), batch.encoding(), batch.learn());
        activity.encoded(labelled, batch.encoding(), batch.learn());
        drift.encoded(batch.encoding(), batch.learn());
        learner.trainWith(steps.of(drift));
        schedule.encoded();
        reports.encoded(run, batch.withImages(labelled));
        if (!batch.learn() && !flush) {
            emit(schedule.unlearned());
        }
    }

    private void updated(UpdateResult result, boolean endsFlush) {
        if (!result.updated()) {
            return;
        }
        Dictionary dictionary = learner.dictionary();
        if (result.newGroups() > 0) {
            activity.grown(dictionary.shape());
            labels.grow(dictionary.shape().groups());
            drift.grown(dictionary, result.newGroups());
            boundStatistics();
        }
        if (result.groupsLimited()) {
            drift.groupsLimited(dictionary);
        }
        reports.updated();
        boolean marked = !drift.marks().isEmpty();
        emit(schedule.updated(dictionary.version(), result.newGroups() > 0, marked, endsFlush));
    }

    private void emit(Report due) {
        if (due == Report.NONE) {
            return;
        }
        ActivityReport report = activity.report(
                learner.image().values(), settings.learner().encoder().lambda());
        report.window().ifPresent(window -> lastWindow = window);
        if (due == Report.SNAPSHOT && !warmingUp()) {
            blockCoherence = learner.dictionary().shape().atoms() > ModelSize.COHERENCE_ATOMS
                    ? Double.NaN
                    : DictionaryMetrics.blockCoherence(learner.dictionary());
            reports.dictionary(run, learner);
            reports.silhouettes(run, learner, report);
        }
        reports.activity(this, report);
        activity.startWindow();
        drift.reported();
        schedule.emitted();
    }

    /** Counts an image that was rejected. */
    void refused() {
        rejected++;
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

    /** Drift marks since the last report. */
    List<DriftMark> marks() {
        return drift.marks();
    }

    /** Labels that arrive later than their images. */
    LateLabels labels() {
        return labels;
    }

    boolean warmingUp() {
        return learner.dictionary() == null;
    }

    /** Number of updates, −1 during warm-up. */
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

    /** Window of learned images of the last report; null before the first report since the model was loaded. */
    WindowReport lastWindow() {
        return lastWindow;
    }

    /** Block coherence of the last snapshot's dictionary; NaN if unknown. */
    double blockCoherence() {
        return blockCoherence;
    }

    /** Estimated heap of the model, bytes. */
    long bytes() {
        return ModelSize.bytes(learner.state(), learner.bufferedText(), activity) + labels.bytes();
    }
}
