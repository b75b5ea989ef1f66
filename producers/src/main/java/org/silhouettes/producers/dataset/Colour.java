package org.silhouettes.producers.dataset;

/** Channels of a source's images. */
public enum Colour {
    /** As the source has them; a folder of images as its first image has them. */
    KEEP,
    /** One channel, 0.2989 R + 0.587 G + 0.114 B. */
    GRAY,
    /** Three channels, equal where the image is gray. */
    RGB
}
