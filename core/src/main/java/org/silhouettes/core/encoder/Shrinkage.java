package org.silhouettes.core.encoder;

/** Variants of the group shrinkage, Theodosis & Ba 2023 eq. 7, with the threshold θ = λτ on each group. */
public enum Shrinkage {
    /**
     * Uses the norm of u_g, then sets negative entries to 0. Not the exact proximal operator, but what the paper's authors
     * train; it has the lowest measured error and is the default.
     */
    ONE_SIDED_AUTHORS,
    /** Sets negative entries to 0, then uses the norm: the proximal operator of λ‖x_g‖ with x ≥ 0. */
    ONE_SIDED_EXACT,
    /** Exactly eq. 7: codes of both signs. */
    TWO_SIDED
}
