package org.silhouettes.core.encoder;

/** The three variants of group shrinkage, Theodosis & Ba 2023 eq. 7, with threshold θ = λτ on each group. */
public enum Shrinkage {
    /**
     * The norm is taken of u_g, then negative entries are set to 0. Not the exact proximal operator, but what the
     * paper's authors train and, measured, the lowest error: the default.
     */
    ONE_SIDED_AUTHORS,
    /** Negative entries are set to 0 first, then the norm is taken: the proximal operator of λ‖x_g‖ with x ≥ 0. */
    ONE_SIDED_EXACT,
    /** Exactly eq. 7: codes of both signs. */
    TWO_SIDED
}
