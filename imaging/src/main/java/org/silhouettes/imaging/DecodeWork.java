package org.silhouettes.imaging;

/** What a decoder did since it was made: the measure of its cost, whatever the machine. Not thread-safe. */
public final class DecodeWork {

    private long scans;
    private long pixels;

    void add(long moreScans, long morePixels) {
        scans += moreScans;
        pixels += morePixels;
    }

    /** JPEG scans decoded, and PNG pictures inflated. */
    public long scans() {
        return scans;
    }

    /** Pixels (height · width) of the pictures that were decoded, also where that failed in the end. */
    public long pixels() {
        return pixels;
    }
}
