package org.silhouettes.producers.dataset;

/** How an image is brought to a size of another aspect ratio. */
public enum Fit {
    /** Scaled until it covers the size, then cropped at the middle. */
    CROP,
    /** Scaled until it lies within the size, with black around it. */
    PAD,
    /** Each side scaled by itself. */
    STRETCH
}
