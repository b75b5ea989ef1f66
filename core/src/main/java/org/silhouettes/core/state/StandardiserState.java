package org.silhouettes.core.state;

/**
 * Decaying moments of a series of values.
 *
 * @param count values so far
 * @param covariance of a value with the one before it
 * @param last deviation of the last value from the mean
 */
public record StandardiserState(long count, double mean, double variance, double covariance, double last) {

    public static final StandardiserState EMPTY = new StandardiserState(0, 0, 0, 0, 0);
}
