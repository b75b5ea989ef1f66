package org.silhouettes.core.learner;

import java.io.Serializable;

/**
 * The dictionary update.
 *
 * @param learningRate Adam's step for {@code BACKPROP} and {@code DECODER}, > 0
 * @param beta1 decay of Adam's first moment, 0 … 1
 * @param beta2 decay of Adam's second moment, 0 … 1
 * @param epsilon Adam's ε, > 0
 * @param rho exponent ρ of the alternating update's forgetting β_t = (1 − 1/t)^ρ, ≥ 0; used where {@code forgetting} is 0
 * @param forgetting constant forgetting factor β of the alternating update, 0 … 1; 0 takes ρ's schedule instead
 * @param usageForgetting factor by which the alternating update's statistics of a group of average use fade besides, groups
 *     used more fading faster and silent ones not at all, 0 … 1; 0 or 1 does nothing
 */
public record UpdateSettings(
        UpdateRule rule,
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        double rho,
        double forgetting,
        double usageForgetting)
        implements Serializable {

    /** The paper's: backpropagation with Adam at 1e-3. */
    public static final UpdateSettings PAPER = new UpdateSettings(UpdateRule.BACKPROP, 1e-3, 0.9, 0.999, 1e-8, 1, 0, 0);

    /** Without forgetting by use. */
    public UpdateSettings(
            UpdateRule rule,
            double learningRate,
            double beta1,
            double beta2,
            double epsilon,
            double rho,
            double forgetting) {
        this(rule, learningRate, beta1, beta2, epsilon, rho, forgetting, 0);
    }

    /** The same at 3e-4: as low an error after one pass from a start that is organised already, and it stays so. */
    public static final UpdateSettings GENTLE = new UpdateSettings(UpdateRule.BACKPROP, 3e-4, 0.9, 0.999, 1e-8, 1, 0);

    public UpdateSettings {
        require(learningRate > 0 && learningRate < 1, "learning rate", learningRate, "above 0 and below 1");
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "0 to below 1");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "0 to below 1");
        require(epsilon > 0 && epsilon < 1, "epsilon", epsilon, "above 0 and below 1");
        require(rho >= 0 && rho <= 100, "rho", rho, "0 to 100");
        require(forgetting >= 0 && forgetting <= 1, "forgetting", forgetting, "0 to 1");
        require(usageForgetting >= 0 && usageForgetting <= 1, "usage forgetting", usageForgetting, "0 to 1");
    }

    private static void require(boolean holds, String name, double value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be " + range);
        }
    }
}
