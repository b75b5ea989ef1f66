package org.silhouettes.core.update;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * Settings of the dictionary update.
 *
 * @param learningRate learning rate of Adam for {@code BACKPROP} and {@code DECODER}, > 0
 * @param beta1 decay of Adam's first moment, 0 … 1
 * @param beta2 decay of Adam's second moment, 0 … 1
 * @param epsilon Adam's ε, > 0
 * @param rho exponent ρ of the alternating update's forgetting factor β_t = (1 − 1/t)^ρ, ≥ 0; used if {@code forgetting} is 0
 * @param forgetting constant forgetting factor β of the alternating update, 0 … 1; 0 uses ρ instead
 * @param usageForgetting additional decay of the alternating update's statistics, stated for a group of average usage; groups
 *     that are used more decay faster, unused ones stay, 0 … 1; 0 or 1 disables it
 */
public record UpdateSettings(
        @Setting(
                        key = "learner.update",
                        help = "Dictionary update: backprop differentiates through the encoder, decoder keeps the"
                                + " codes fixed, alternating solves from sufficient statistics.")
                UpdateRule rule,
        @Setting(
                        key = "learner.learning-rate",
                        above = 0,
                        below = 1,
                        help = "Step size of Adam, used by backprop and decoder.")
                double learningRate,
        @Setting(key = "learner.beta1", min = 0, below = 1, help = "Decay rate of Adam's first moment.") double beta1,
        @Setting(key = "learner.beta2", min = 0, below = 1, help = "Decay rate of Adam's second moment.") double beta2,
        @Setting(
                        key = "learner.epsilon",
                        above = 0,
                        below = 1,
                        help = "Term that Adam adds to the denominator for numerical stability.")
                double epsilon,
        @Setting(
                        key = "learner.rho",
                        min = 0,
                        max = 100,
                        help = "Exponent of the alternating update's forgetting factor (1 - 1/t)^rho, used if"
                                + " learner.forgetting is 0.")
                double rho,
        @Setting(
                        key = "learner.forgetting",
                        min = 0,
                        max = 1,
                        help = "Constant forgetting factor of the alternating update; 1 never forgets, 0 uses"
                                + " learner.rho instead.")
                double forgetting,
        @Setting(
                        key = "learner.usage-forgetting",
                        min = 0,
                        max = 1,
                        help = "Additional usage-weighted decay of the alternating update's statistics, stated for a"
                                + " group of average use; 0 or 1 disables it.")
                double usageForgetting)
        implements Serializable {

    /** Backpropagation with Adam at 1e-3, as in the paper. */
    public static final UpdateSettings PAPER = new UpdateSettings(UpdateRule.BACKPROP, 1e-3, 0.9, 0.999, 1e-8, 1, 0, 0);

    /** Without usage-weighted decay. */
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

    /** The same at 3e-4, which keeps the groups of a good initialisation; its error after one pass is as low. */
    public static final UpdateSettings GENTLE = new UpdateSettings(UpdateRule.BACKPROP, 3e-4, 0.9, 0.999, 1e-8, 1, 0);

    public UpdateSettings {
        SettingRecords.check(
                UpdateSettings.class, rule, learningRate, beta1, beta2, epsilon, rho, forgetting, usageForgetting);
    }
}
