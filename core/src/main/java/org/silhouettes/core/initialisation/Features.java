package org.silhouettes.core.initialisation;

/** What images are compared by where communities are looked for. */
public enum Features {
    /** Edges: histograms of oriented gradients, which small shifts and contrast change little. The default. */
    GRADIENTS,
    /** Pixels as they came. */
    PIXELS
}
