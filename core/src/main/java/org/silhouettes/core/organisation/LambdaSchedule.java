package org.silhouettes.core.organisation;

import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.LambdaState;
import org.silhouettes.core.state.TrainingState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers λ while most codes are zero, and raises it again as the dictionary learns. If ‖(yWᵀ)_g‖ ≤ λ for every group, the
 * code of y is zero and the update learns nothing from it; with a random dictionary that holds for nearly every image. When
 * more than half of the codes of a mini-batch are zero, λ is divided by 1.5. It grows back to the configured value by a
 * fraction per update: the full fraction while few of the last images have a zero code, less with more of them, and nothing
 * from a quarter on. Meanwhile the learning rate has a lower bound.
 *
 * <p>The current λ as a fraction of the configured one, and the decayed share of zero codes, are the {@link LambdaState} of
 * the model.
 */
public final class LambdaSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(LambdaSchedule.class);
    /** Share of zero codes in a mini-batch above which λ is lowered. */
    private static final double MAX_ZERO_CODES = 0.5;

    private static final double DIVISOR = 1.5;
    private static final float MIN_SHARE = 1e-6f;
    /** Share of zero codes up to which λ grows at the full rate. */
    private static final double FULL_RATE_ZERO_CODES = 0.05;
    /** Share of zero codes from which λ grows at the lowest rate: some images have a zero code with any dictionary. */
    private static final double SLOW_RATE_ZERO_CODES = 0.1;

    private static final double SLOW_RATE = 0.05;
    /** Share of zero codes from which λ does not grow. */
    private static final double NO_GROWTH_ZERO_CODES = 0.25;
    /** Images over which the share of zero codes decays. */
    private static final double WINDOW = 512;

    private final double target;
    private final double growth;
    private final double minLearningRate;

    /**
     * @param target the configured λ
     * @param growth fraction by which λ grows per update, 0 disables the schedule
     * @param minLearningRate lower bound of the learning rate while λ is below the target
     */
    public LambdaSchedule(double target, double growth, double minLearningRate) {
        this.target = target;
        this.growth = growth;
        this.minLearningRate = minLearningRate;
    }

    /** The λ to encode with. */
    public double lambda(TrainingState state) {
        return isBelowTarget(state) ? state.lambda().share() * target : target;
    }

    /** Lower bound of the learning rate, 0 for none. */
    public double minLearningRate(TrainingState state) {
        return isBelowTarget(state) ? minLearningRate : 0;
    }

    private boolean isBelowTarget(TrainingState state) {
        return growth > 0 && state.lambda().share() < 1;
    }

    /**
     * Adapts λ to a mini-batch that was learned from.
     *
     * @return whether most codes of the mini-batch are zero
     */
    public boolean advance(TrainingState state, Encoding encoding) {
        double zeroCodes = zeroCodeShare(encoding);
        boolean mostlyZero = zeroCodes > MAX_ZERO_CODES;
        if (growth > 0 && mostlyZero) {
            lower(state, zeroCodes);
        } else if (isBelowTarget(state)) {
            LambdaState lambda = state.lambda();
            float recent = lambda.zeroCodeShare();
            recent += (float) (Math.min(1, encoding.count() / WINDOW) * (zeroCodes - recent));
            lambda.zeroCodeShare(recent);
            lambda.share(Math.min(1, (float) (lambda.share() * (1 + growth * rate(recent)))));
        }
        return mostlyZero;
    }

    private void lower(TrainingState state, double zeroCodes) {
        LambdaState lambda = state.lambda();
        if (lambda.share() == 1) {
            LOG.warn(
                    "{} % of a batch have no active group at lambda {}: lowering lambda until the dictionary has"
                            + " learned enough",
                    Math.round(100 * zeroCodes), target);
        }
        lambda.share(Math.max(MIN_SHARE, (float) (lambda.share() / DIVISOR)));
        lambda.zeroCodeShare((float) MAX_ZERO_CODES);
    }

    /** Fraction of the growth that is applied at this share of zero codes. */
    static double rate(double zeroCodes) {
        if (zeroCodes >= NO_GROWTH_ZERO_CODES) {
            return 0;
        }
        return Math.min(
                1,
                Math.max(
                        SLOW_RATE, (SLOW_RATE_ZERO_CODES - zeroCodes) / (SLOW_RATE_ZERO_CODES - FULL_RATE_ZERO_CODES)));
    }

    private static double zeroCodeShare(Encoding encoding) {
        int groups = encoding.shape().groups();
        int count = encoding.count();
        int zero = 0;
        for (int b = 0; b < count; b++) {
            boolean active = false;
            for (int g = 0; g < groups; g++) {
                active |= encoding.groupNorms()[b * groups + g] > 0;
            }
            zero += active ? 0 : 1;
        }
        return (double) zero / count;
    }
}
