package org.silhouettes.core.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.silhouettes.core.state.AdwinState;
import org.silhouettes.core.state.AdwinState.Bucket;

/**
 * ADWIN2 (Bifet & Gavaldà 2007): a window of the latest values in [0, 1] that drops its oldest part whenever two parts
 * differ in mean by more than chance allows,
 *
 * <pre>
 *   |mean₀ − mean₁| > √(2/m · κσ² · ln(2/δ')) + 2/(3m) · ln(2/δ'),   1/m = 1/n₀ + 1/n₁,   δ' = δ / ln n
 * </pre>
 *
 * <p>κ is not theirs: they take values for independent, κ = 1. Of values that follow each other the long-run variance is κσ²,
 * which is what the variance of a long part's mean goes by.
 *
 * <p>The window is kept as an exponential histogram: at most {@value AdwinState#MAX_BUCKETS} buckets of each power of two, so that memory
 * and time grow with the logarithm of its length.
 */
final class Adwin {

    /**
     * Where the window's two parts differed most, against what chance allows.
     *
     * @param before mean of the older part
     * @param after mean of the newer part
     */
    record Cut(double before, double after) {}

    private static final int MIN_PART = 32;

    /** Buckets of 2^r values, oldest first. */
    private final List<List<Bucket>> rows = new ArrayList<>();

    private long width;
    private double sum;
    private double squares;

    Adwin(AdwinState state) {
        for (List<Bucket> row : state.rows()) {
            width += (long) row.size() << rows.size();
            rows.add(new ArrayList<>(row));
        }
        sum = state.sum();
        squares = state.squares();
    }

    /** Takes the next value. */
    void add(double value) {
        width++;
        sum += value;
        squares += value * value;
        insert(0, new Bucket(value, value * value));
        for (int r = 0; r < rows.size() && rows.get(r).size() > AdwinState.MAX_BUCKETS; r++) {
            Bucket first = rows.get(r).remove(0);
            Bucket second = rows.get(r).remove(0);
            insert(r + 1, new Bucket(first.sum() + second.sum(), first.squares() + second.squares()));
        }
    }

    private void insert(int row, Bucket bucket) {
        if (row == rows.size()) {
            rows.add(new ArrayList<>());
        }
        rows.get(row).add(bucket);
    }

    /**
     * Drops what no longer belongs to the window; returns where it differed most where something was dropped.
     *
     * @param delta δ: the chance that a window without a change is cut all the same
     * @param dependence κ ≥ 1: the values' long-run variance over their variance
     */
    Optional<Cut> cut(double delta, double dependence) {
        Optional<Cut> first = clearest(delta, dependence);
        for (Optional<Cut> next = first; next.isPresent(); next = clearest(delta, dependence)) {
            dropOldest();
        }
        return first;
    }

    private Optional<Cut> clearest(double delta, double dependence) {
        double confidence = StrictMath.log(2 * StrictMath.log(Math.max(2, width)) / delta);
        double variance = dependence * variance();
        Cut clearest = null;
        double most = 1;
        double oldSum = 0;
        long old = 0;
        for (int r = rows.size() - 1; r >= 0; r--) {
            for (Bucket bucket : rows.get(r)) {
                old += 1L << r;
                oldSum += bucket.sum();
                long recent = width - old;
                if (old < MIN_PART || recent < MIN_PART) {
                    continue;
                }
                double inverse = 1.0 / old + 1.0 / recent;
                double allowed = Math.sqrt(2 * inverse * variance * confidence) + 2.0 / 3 * inverse * confidence;
                double before = oldSum / old;
                double after = (sum - oldSum) / recent;
                if (Math.abs(after - before) > most * allowed) {
                    most = Math.abs(after - before) / allowed;
                    clearest = new Cut(before, after);
                }
            }
        }
        return Optional.ofNullable(clearest);
    }

    private void dropOldest() {
        int last = rows.size() - 1;
        Bucket oldest = rows.get(last).remove(0);
        width -= 1L << last;
        sum -= oldest.sum();
        squares -= oldest.squares();
        while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
            rows.remove(rows.size() - 1);
        }
    }

    /** Values in the window. */
    long width() {
        return width;
    }

    /** Mean of the values in the window, NaN where there are none. */
    double mean() {
        return sum / width;
    }

    /** Variance of the values in the window, 0 where there are none. */
    double variance() {
        return width == 0 ? 0 : Math.max(0, squares / width - mean() * mean());
    }

    AdwinState state() {
        return new AdwinState(rows, sum, squares);
    }
}
