package org.silhouettes.core.state;

/**
 * Mean image of all images learned from, in [0, 1] per sample. Sums of 8-bit samples are kept as integers: exact, and
 * independent of the order.
 */
public final class RunningMean {

    private final long[] sums;
    private long count;

    public RunningMean(int values) {
        this(new long[values], 0);
    }

    /** Restores a mean from {@link #sums()} and {@link #count()}. */
    public RunningMean(long[] sums, long count) {
        this.sums = sums;
        this.count = count;
    }

    public void add(byte[] samples) {
        if (samples.length != sums.length) {
            throw new IllegalArgumentException(
                    "image has " + samples.length + " values, the mean image has " + sums.length);
        }
        for (int i = 0; i < samples.length; i++) {
            sums[i] += samples[i] & 0xff;
        }
        count++;
    }

    /** Images added so far. */
    public long count() {
        return count;
    }

    /** Sums of the 8-bit samples, live. */
    public long[] sums() {
        return sums;
    }

    /** Writes the mean image, [values] in [0, 1], into {@code out}; zeros before the first image. */
    public void writeTo(float[] out) {
        double scale = count == 0 ? 0 : 1 / (255.0 * count);
        for (int i = 0; i < sums.length; i++) {
            out[i] = (float) (sums[i] * scale);
        }
    }
}
