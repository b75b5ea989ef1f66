package org.silhouettes.core.learner;

import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.state.LambdaState;
import org.silhouettes.core.state.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets a dead start going. Where ‖(yWᵀ)_g‖ ≤ λ for every group, the code of y is zero and nothing is ever learned from it:
 * so it is for nearly every image with a random dictionary at the paper's λ. Whenever more than half of a mini-batch is
 * silent, λ is divided by 1.5. It grows back to the target no faster than the dictionary learns to code at it: by a share
 * an update while hardly any of the last images are silent, by less and less of it the more are, and not at all where a
 * quarter is. All that time the dictionary, which has nothing to lose yet, learns at the paper's rate at least.
 *
 * <p>The current λ, as a share of the target, and the share of silent images among the last ones are the {@link LambdaState}
 * of the model.
 */
final class LambdaSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(LambdaSchedule.class);
    private static final double TOO_SILENT = 0.5;
    private static final double FALL = 1.5;
    private static final float LEAST = 1e-6f;
    /** Share of silent images up to which λ grows at full speed. */
    private static final double FEW = 0.05;
    /** Share from which on it grows slowly: some images are silent with any dictionary. */
    private static final double MANY = 0.1;

    private static final double SLOW = 0.05;
    /** Share from which on it does not grow. */
    private static final double TOO_MANY = 0.25;
    /** Images over which the share of silent ones fades. */
    private static final double RECENT = 512;

    private final double target;
    private final double growth;

    LambdaSchedule(double target, double growth) {
        this.target = target;
        this.growth = growth;
    }

    /** λ to encode with. */
    double lambda(TrainingState state) {
        return below(state) ? state.lambda().share() * target : target;
    }

    /** Learning rate that the update should not be below, 0 where it is to go by its own. */
    double leastRate(TrainingState state) {
        return below(state) ? UpdateSettings.PAPER.learningRate() : 0;
    }

    private boolean below(TrainingState state) {
        return growth > 0 && state.lambda().share() < 1;
    }

    /**
     * Takes note of a mini-batch that is learned from.
     *
     * @return whether it was mostly silent
     */
    boolean advance(TrainingState state, CodeBatch codes, int count) {
        double silent = silentShare(codes, count);
        boolean mostly = silent > TOO_SILENT;
        if (growth > 0 && mostly) {
            fall(state, silent);
        } else if (below(state)) {
            LambdaState lambda = state.lambda();
            float recent = lambda.zeroCodeShare();
            recent += (float) (Math.min(1, count / RECENT) * (silent - recent));
            lambda.zeroCodeShare(recent);
            lambda.share(Math.min(1, (float) (lambda.share() * (1 + growth * pace(recent)))));
        }
        return mostly;
    }

    private void fall(TrainingState state, double silent) {
        LambdaState lambda = state.lambda();
        if (lambda.share() == 1) {
            LOG.warn(
                    "{} % of a batch have no active group at lambda {}: going on from a smaller lambda until"
                            + " the dictionary has learned enough",
                    Math.round(100 * silent), target);
        }
        lambda.share(Math.max(LEAST, (float) (lambda.share() / FALL)));
        lambda.zeroCodeShare((float) TOO_SILENT);
    }

    /** Part of the growth that is taken where so many images are silent. */
    static double pace(double silent) {
        if (silent >= TOO_MANY) {
            return 0;
        }
        return Math.min(1, Math.max(SLOW, (MANY - silent) / (MANY - FEW)));
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
