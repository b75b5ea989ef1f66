package org.silhouettes.core.learner;

import org.silhouettes.core.encoder.CodeBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a dead start going. Where ‖(yWᵀ)_g‖ ≤ λ for every group, the code of y is zero and nothing is ever learned from it:
 * so it is for nearly every image with a random dictionary at the paper's λ. Whenever more than half of a mini-batch is
 * silent, λ is divided by 1.5; while less than a quarter is, it grows by a small share an update until it is back at the
 * target. The current λ is the array {@code lambda} of the model's state, as a share of the target (0 stands for 1).
 */
final class LambdaSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(LambdaSchedule.class);
    private static final double TOO_SILENT = 0.5;
    private static final double ALIVE = 0.25;
    private static final double FALL = 1.5;
    private static final float LEAST = 1e-6f;

    private final double target;
    private final double growth;

    LambdaSchedule(double target, double growth) {
        this.target = target;
        this.growth = growth;
    }

    /** λ to encode with. */
    double lambda(OptimiserState state) {
        float share = growth == 0 ? 0 : state.array("lambda", 1)[0];
        return share == 0 ? target : share * target;
    }

    /**
     * Takes note of a mini-batch that is learned from.
     *
     * @return whether it was mostly silent
     */
    boolean advance(OptimiserState state, CodeBatch codes, int count) {
        double silent = silentShare(codes, count);
        if (growth > 0) {
            float[] share = state.array("lambda", 1);
            if (silent > TOO_SILENT) {
                if (share[0] == 0) {
                    LOG.warn(
                            "{} % of a batch have no active group at lambda {}: going on from a smaller lambda until"
                                    + " the dictionary has learned enough",
                            Math.round(100 * silent), target);
                }
                share[0] = Math.max(LEAST, (float) ((share[0] == 0 ? 1 : share[0]) / FALL));
            } else if (share[0] > 0 && silent < ALIVE) {
                float grown = (float) (share[0] * (1 + growth));
                share[0] = grown >= 1 ? 0 : grown;
            }
        }
        return silent > TOO_SILENT;
    }

    private static double silentShare(CodeBatch codes, int count) {
        int groups = codes.shape().groups();
        int silent = 0;
        for (int b = 0; b < count; b++) {
            boolean active = false;
            for (int g = 0; g < groups; g++) {
                active |= codes.groupNorms()[b * groups + g] > 0;
            }
            silent += active ? 0 : 1;
        }
        return (double) silent / count;
    }
}
