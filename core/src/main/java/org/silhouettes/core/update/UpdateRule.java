package org.silhouettes.core.update;

/** Algorithm that updates the dictionary with a mini-batch. */
public enum UpdateRule {
    /**
     * Gradient of the mean squared error through the decoder and all layers, Adam, unit norms: the method of the paper. Lowest
     * reconstruction error, slowest step.
     */
    BACKPROP,
    /** The same with fixed codes (gradient of eq. 10): fast; for a good initialisation and little drift. */
    DECODER,
    /**
     * Online alternating update with sufficient statistics (Mairal et al. 2009). Lowest objective of eq. 6 and clearest
     * silhouettes; converges within one pass and has no learning rate.
     */
    ALTERNATING
}
