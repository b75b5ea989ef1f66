package org.silhouettes.producers.replay;

/** How an image travels. */
public enum Encoding {
    /** 8-bit samples, row-major, channel-last; the size is in the headers. */
    RAW,
    /** PNG, lossless. */
    PNG,
    /** JPEG, lossy. */
    JPEG
}
