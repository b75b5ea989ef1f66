package org.silhouettes.job.learn;

import org.silhouettes.core.activity.ActivityTracker;
import org.silhouettes.core.activity.LateLabels;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.learner.LearnerState;

/**
 * All there is to persist of a model. Live objects.
 *
 * @param channels the channel mode that the model was started in, see {@link org.silhouettes.job.record.ChannelMode#label()}
 * @param unencoded images marked never to be learned from that came before there was a dictionary
 * @param rejected images that the model refused
 * @param sinceReport batches encoded since the last activity record
 */
public record ModelState(
        LearnerState learner,
        ActivityTracker activity,
        DriftMonitor drift,
        LateLabels labels,
        String channels,
        long unencoded,
        long rejected,
        int sinceReport) {}
