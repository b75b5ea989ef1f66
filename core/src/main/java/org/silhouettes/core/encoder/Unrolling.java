package org.silhouettes.core.encoder;

/** Iteration that the layers of the encoder unroll. */
public enum Unrolling {
    /** Proximal gradient steps x⁺ = shrink(x − τ(xG − c)), Theodosis & Ba 2023 eq. 11. */
    ISTA,
    /** The same with Nesterov momentum (Beck & Teboulle 2009): lower objective at the same number of layers. */
    FISTA
}
