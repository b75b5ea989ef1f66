package org.silhouettes.core.initialisation;

/** Image features that are compared to find communities. */
public enum Features {
    /** Histograms of oriented gradients, which are robust to small shifts and to contrast. The default. */
    GRADIENTS,
    /** Pixel values. */
    PIXELS
}
