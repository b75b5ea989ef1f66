package org.silhouettes.core.drift;

import org.silhouettes.core.state.StandardiserState;

/**
 * Standardises values with moments of the values before, in which a value's weight decays by 1 % with each one that
 * follows, because the loss is not stationary: it falls while the model learns. The unit is the long-run
 * standard deviation of a first-order autoregression, with ρ the correlation of a value with the one before it,
 *
 * <pre>
 *   σ √((1 + ρ) / (1 − ρ)),   0 ≤ ρ ≤ {@value #MAX_CORRELATION}
 * </pre>
 *
 * because tests that sum values assume independence, and the values of a stream are often correlated: the digits of one
 * writer, or the pictures of one camera, follow each other and have similar errors.
 */
final class Standardiser {

    /** Minimum number of values for usable moments. */
    static final int SETTLE = 30;

    private static final double DECAY = 0.01;
    private static final double MAX_CORRELATION = 0.9;

    private long count;
    private double mean;
    private double variance;
    /** Of a value with the one before it. */
    private double covariance;
    /** Deviation of the last value. */
    private double last;

    Standardiser(StandardiserState state) {
        restore(state);
    }

    /** The value in long-run standard deviations from the mean of those before it, 0 for the first ones; then takes note of it. */
    double standardised(double value) {
        double standardised = settled() ? (value - mean) / Math.sqrt(longRunVariance()) : 0;
        count++;
        double weight = Math.max(DECAY, 1.0 / count);
        double difference = value - mean;
        mean += weight * difference;
        variance = (1 - weight) * (variance + weight * difference * difference);
        covariance = (1 - weight) * (covariance + weight * difference * last);
        last = (1 - weight) * difference;
        return standardised;
    }

    /** Whether there were enough values to tell noise from change. */
    boolean settled() {
        return count >= SETTLE && variance > 0;
    }

    /** n times the variance of the mean of n values that follow each other, for large n; 0 before there is any. */
    double longRunVariance() {
        double correlation = variance > 0 ? Math.max(0, Math.min(MAX_CORRELATION, covariance / variance)) : 0;
        return variance * (1 + correlation) / (1 - correlation);
    }

    double mean() {
        return mean;
    }

    void reset() {
        restore(StandardiserState.EMPTY);
    }

    private void restore(StandardiserState state) {
        count = state.count();
        mean = state.mean();
        variance = state.variance();
        covariance = state.covariance();
        last = state.last();
    }

    StandardiserState state() {
        return new StandardiserState(count, mean, variance, covariance, last);
    }
}
