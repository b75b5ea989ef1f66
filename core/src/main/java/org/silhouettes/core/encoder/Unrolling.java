package org.silhouettes.core.encoder;

/** The iteration whose steps are the encoder's layers. */
public enum Unrolling {
    /** x⁺ = shrink(x − τ(xG − c)): plain proximal gradient steps, Theodosis & Ba 2023 eq. 11. */
    ISTA,
    /** The same with Nesterov momentum (Beck & Teboulle 2009): lower objective at the same number of layers. */
    FISTA
}
