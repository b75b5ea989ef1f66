package org.silhouettes.imaging;

/** How a resize treats another aspect ratio. */
public enum Fit {
    /** Scales until the image covers the size, then crops to the centre. */
    CROP,
    /** Scales until the image lies within the size, with black around it. */
    PAD,
    /** Scales each side independently. */
    STRETCH
}
