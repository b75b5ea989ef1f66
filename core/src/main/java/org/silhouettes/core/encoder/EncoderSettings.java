package org.silhouettes.core.encoder;

import java.io.Serializable;
import java.util.Objects;
import org.silhouettes.linalg.LinalgBackend;

/**
 * The unrolled encoder of eq. 11.
 *
 * @param lambda weight λ of the group penalty of eq. 6, ≥ 0
 * @param step step τ of a layer, > 0; see {@link StepRule}
 * @param stepRule how τ is held below 1/L
 * @param layers number of unrolled layers T, 1 … 1000
 * @param backend what multiplies the matrices of the encoder and of the dictionary update
 */
public record EncoderSettings(
        double lambda,
        double step,
        StepRule stepRule,
        int layers,
        Unrolling unrolling,
        Shrinkage shrinkage,
        LinalgBackend backend)
        implements Serializable {

    /** The paper's group-sparse model: λ 7.5, τ 0.01, 15 FISTA layers, one-sided as its authors train it. */
    public static final EncoderSettings PAPER =
            new EncoderSettings(7.5, 0.01, StepRule.CLAMPED, 15, Unrolling.FISTA, Shrinkage.ONE_SIDED_AUTHORS);

    public EncoderSettings {
        if (!(lambda >= 0) || Double.isInfinite(lambda)) {
            throw new IllegalArgumentException("lambda is " + lambda + ", it must be finite and at least 0");
        }
        if (!(step > 0) || Double.isInfinite(step)) {
            throw new IllegalArgumentException("step is " + step + ", it must be finite and above 0");
        }
        if (layers < 1 || layers > 1000) {
            throw new IllegalArgumentException("layers is " + layers + ", it must be 1 to 1000");
        }
        Objects.requireNonNull(backend, "backend");
    }

    /** With the back end {@link LinalgBackend#VECTOR}. */
    public EncoderSettings(
            double lambda, double step, StepRule stepRule, int layers, Unrolling unrolling, Shrinkage shrinkage) {
        this(lambda, step, stepRule, layers, unrolling, shrinkage, LinalgBackend.VECTOR);
    }

    /** The same encoder at another λ. */
    public EncoderSettings withLambda(double newLambda) {
        return new EncoderSettings(newLambda, step, stepRule, layers, unrolling, shrinkage, backend);
    }

    /** The same encoder with another back end. */
    public EncoderSettings withBackend(LinalgBackend newBackend) {
        return new EncoderSettings(lambda, step, stepRule, layers, unrolling, shrinkage, newBackend);
    }
}
