package org.silhouettes.core.state;

import java.util.List;

/**
 * Window of an ADWIN test as an exponential histogram.
 *
 * @param rows buckets of 2^r values, oldest first
 * @param sum of the values in the window
 * @param squares sum of their squares
 */
public record AdwinState(List<List<Bucket>> rows, double sum, double squares) {

    /** Maximum number of buckets of one size. */
    public static final int MAX_BUCKETS = 5;

    public static final AdwinState EMPTY = new AdwinState(List.of(), 0, 0);

    /** Sum of a bucket's values, and of their squares. */
    public record Bucket(double sum, double squares) {}

    public AdwinState {
        rows = rows.stream().map(List::copyOf).toList();
    }
}
