package org.silhouettes.core.encoder;

/** Rule for the step τ of a layer, given the Lipschitz constant L: the largest eigenvalue of WWᵀ. */
public enum StepRule {
    /** min(step, 1/(1.05 L)), with L from a warm-started power iteration: never diverges. The default. */
    CLAMPED,
    /** 1/(1.05 L), the longest safe step; the option {@code step} is ignored. */
    LIPSCHITZ
}
