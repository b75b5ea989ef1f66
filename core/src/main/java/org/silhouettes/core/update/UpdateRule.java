package org.silhouettes.core.update;

/** How a mini-batch changes the dictionary. */
public enum UpdateRule {
    /**
     * The paper's: mean squared error, gradient through the decoder and all layers, Adam, unit norms. Lowest
     * reconstruction error; the dearest step.
     */
    BACKPROP,
    /** The same with the codes held fixed (gradient of eq. 10): cheap, for a good start and little drift. */
    DECODER,
    /**
     * Online alternating update with sufficient statistics (Mairal et al. 2009): lowest objective of eq. 6, the
     * clearest silhouettes, done after one pass, and no learning rate to choose.
     */
    ALTERNATING
}
