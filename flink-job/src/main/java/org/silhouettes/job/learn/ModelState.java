package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.statistics.ActivityTracker;
import org.silhouettes.core.statistics.LateLabels;
import org.silhouettes.imaging.ImageShape;

/**
 * All there is to persist of a model. Live objects.
 *
 * @param channels the channel mode that the model was started in, see {@link org.silhouettes.job.record.ChannelMode#label()}
 * @param blockCoherence of the last snapshot's dictionary, which activity records tell until the next; NaN where unknown
 */
public record ModelState(
        LearnerState learner,
        ActivityTracker activity,
        DriftMonitor drift,
        LateLabels labels,
        String channels,
        Counts counts,
        double blockCoherence) {

    /**
     * Counters of a model.
     *
     * @param unencoded images marked never to be learned from that came before there was a dictionary
     * @param rejected images that the model refused
     * @param sinceReport batches encoded since the last activity record
     */
    record Counts(long unencoded, long rejected, int sinceReport) {}

    /** The state of a model without any image. */
    static ModelState empty(ImageShape image, LearningSettings settings) {
        return new ModelState(
                LearnerState.empty(image, settings.learner().seed()),
                new ActivityTracker(settings.activity()),
                new DriftMonitor(settings.drift()),
                new LateLabels(settings.stream().waitForLabels()),
                settings.channels().label(),
                new Counts(0, 0, 0),
                Double.NaN);
    }

    /** The same with further images buffered, see {@link LearnerState#withBuffered}. */
    ModelState withBuffered(List<StreamImage> images) {
        return new ModelState(learner.withBuffered(images), activity, drift, labels, channels, counts, blockCoherence);
    }

    /** The same with further refused images. */
    ModelState withRejected(long more) {
        Counts next = new Counts(counts.unencoded(), counts.rejected() + more, counts.sinceReport());
        return new ModelState(learner, activity, drift, labels, channels, next, blockCoherence);
    }
}
