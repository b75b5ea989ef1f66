package org.silhouettes.core.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Makes values of zero mean and unit variance by moments of the values before, in which a value's weight fades by 1 % with
 * each one that follows: a loss falls while it is learned from, so moments of all its past would not be its own.
 */
final class Standardiser {

    /** Values before the moments are good for anything. */
    static final int SETTLE = 30;

    private static final double FADE = 0.01;

    private long count;
    private double mean;
    private double variance;

    /** The value in standard deviations from the mean of those before it, 0 for the first ones; then takes note of it. */
    double standardised(double value) {
        double deviation = Math.sqrt(variance);
        double standardised = count < SETTLE || deviation == 0 ? 0 : (value - mean) / deviation;
        count++;
        double weight = Math.max(FADE, 1.0 / count);
        double difference = value - mean;
        mean += weight * difference;
        variance = (1 - weight) * (variance + weight * difference * difference);
        return standardised;
    }

    double mean() {
        return mean;
    }

    void reset() {
        count = 0;
        mean = 0;
        variance = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(count);
        out.writeDouble(mean);
        out.writeDouble(variance);
    }

    void read(DataInput in) throws IOException {
        count = in.readLong();
        mean = in.readDouble();
        variance = in.readDouble();
    }
}
