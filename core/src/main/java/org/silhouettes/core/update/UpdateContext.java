package org.silhouettes.core.update;

import org.silhouettes.core.organisation.GuidanceLoss;

/**
 * What an update takes into account besides the codes.
 *
 * @param targets groups that the images are assigned to, for the guidance loss of {@code BACKPROP}
 * @param minLearningRate lower bound of Adam's learning rate, ≥ 0
 */
public record UpdateContext(GuidanceLoss.Targets targets, double minLearningRate) {

    /** The plain update: no guidance loss, the configured learning rate. */
    public static final UpdateContext PLAIN = new UpdateContext(GuidanceLoss.Targets.NONE, 0);

    /** A context; the shared {@link #PLAIN} if it is equal, so that plain updates allocate nothing. */
    public static UpdateContext of(GuidanceLoss.Targets targets, double minLearningRate) {
        return targets == GuidanceLoss.Targets.NONE && minLearningRate == 0
                ? PLAIN
                : new UpdateContext(targets, minLearningRate);
    }
}
