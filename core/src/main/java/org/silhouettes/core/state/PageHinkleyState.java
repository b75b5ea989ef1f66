package org.silhouettes.core.state;

/**
 * Sum of a Page-Hinkley test and the minimum of the sum so far.
 */
public record PageHinkleyState(double sum, double min) {

    public static final PageHinkleyState EMPTY = new PageHinkleyState(0, 0);
}
