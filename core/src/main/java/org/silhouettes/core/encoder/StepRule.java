package org.silhouettes.core.encoder;

/** How the step τ of a layer follows the dictionary's Lipschitz constant L, the largest eigenvalue of WWᵀ. */
public enum StepRule {
    /** min(step, 1/(1.05 L)), L from a power iteration kept warm with the model: never diverges. The default. */
    CLAMPED,
    /** 1/(1.05 L): the longest safe step; the option {@code step} is ignored. */
    LIPSCHITZ
}
