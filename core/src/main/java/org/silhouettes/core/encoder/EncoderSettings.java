package org.silhouettes.core.encoder;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.linalg.LinalgBackend;

/**
 * Settings of the unrolled encoder of eq. 11.
 *
 * @param lambda weight λ of the group penalty of eq. 6, ≥ 0
 * @param step step τ of a layer, > 0; see {@link StepRule}
 * @param stepRule how τ is limited by 1/L
 * @param layers number of unrolled layers T, 1 … 1000
 * @param unrolling iteration that the layers unroll
 * @param shrinkage variant of the group shrinkage
 * @param backend what multiplies the matrices of the encoder and of the dictionary update
 */
public record EncoderSettings(
        @Setting(
                        key = "encoder.lambda",
                        min = 0,
                        max = 1e6,
                        help = "Weight of the group penalty; larger values give sparser codes.")
                double lambda,
        @Setting(
                        key = "encoder.step",
                        above = 0,
                        max = 1000,
                        help = "Step size of an encoder layer, limited by encoder.step-rule.")
                double step,
        @Setting(
                        key = "encoder.step-rule",
                        help = "Step size rule: clamped uses the smaller of encoder.step and 1/(1.05 L), lipschitz uses"
                                + " 1/(1.05 L), where L is the Lipschitz constant of the gradient.")
                StepRule stepRule,
        @Setting(
                        key = "encoder.layers",
                        min = 1,
                        max = 1000,
                        unit = "layers",
                        help = "Number of unrolled iterations of the encoder.")
                int layers,
        @Setting(key = "encoder.unrolling", help = "Iteration that the encoder unrolls.") Unrolling unrolling,
        @Setting(
                        key = "encoder.shrinkage",
                        help = "Group shrinkage operator: two-sided gives signed codes; the one-sided variants give"
                                + " non-negative codes, with the group norm computed before (authors) or after"
                                + " (exact) rectification.")
                Shrinkage shrinkage,
        @Setting(
                        key = "linalg.backend",
                        help = "Matrix products of encoding and learning: vector gives the same dictionary on every"
                                + " CPU; nd4j uses OpenBLAS, whose rounding depends on the CPU.")
                LinalgBackend backend)
        implements Serializable {

    /** The group-sparse model of the paper: λ 7.5, τ 0.01, 15 FISTA layers, one-sided as its authors train it. */
    public static final EncoderSettings PAPER =
            new EncoderSettings(7.5, 0.01, StepRule.CLAMPED, 15, Unrolling.FISTA, Shrinkage.ONE_SIDED_AUTHORS);

    public EncoderSettings {
        SettingRecords.check(EncoderSettings.class, lambda, step, stepRule, layers, unrolling, shrinkage, backend);
    }

    /** With the back end {@link LinalgBackend#VECTOR}. */
    public EncoderSettings(
            double lambda, double step, StepRule stepRule, int layers, Unrolling unrolling, Shrinkage shrinkage) {
        this(lambda, step, stepRule, layers, unrolling, shrinkage, LinalgBackend.VECTOR);
    }

    /** The same encoder with another λ. */
    public EncoderSettings withLambda(double newLambda) {
        return new EncoderSettings(newLambda, step, stepRule, layers, unrolling, shrinkage, backend);
    }

    /** The same encoder with another back end. */
    public EncoderSettings withBackend(LinalgBackend newBackend) {
        return new EncoderSettings(lambda, step, stepRule, layers, unrolling, shrinkage, newBackend);
    }
}
