package org.silhouettes.core.statistics;

import java.util.List;
import java.util.OptionalDouble;

/** Normalised mutual information of two partitions. */
final class MutualInformation {

    private MutualInformation() {}

    /**
     * 2 I(U; V) / (H(U) + H(V)), natural logarithms: the arithmetic normalisation, as scikit-learn's default. Empty where
     * nothing was counted or both partitions are a single block, where it is 0 / 0.
     *
     * @param table counts, rows of equal length
     */
    static OptionalDouble normalised(List<long[]> table) {
        if (table.isEmpty()) {
            return OptionalDouble.empty();
        }
        int columns = table.get(0).length;
        long[] columnSums = new long[columns];
        long total = 0;
        double rowEntropy = 0;
        double joint = 0;
        for (long[] row : table) {
            long sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += row[j];
                columnSums[j] += row[j];
                joint += xLogX(row[j]);
            }
            total += sum;
            rowEntropy += xLogX(sum);
        }
        double columnEntropy = 0;
        for (long sum : columnSums) {
            columnEntropy += xLogX(sum);
        }
        double whole = xLogX(total);
        double entropies = 2 * whole - rowEntropy - columnEntropy;
        return total == 0 || entropies <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(0, 2 * (joint + whole - rowEntropy - columnEntropy) / entropies));
    }

    private static double xLogX(long x) {
        return x == 0 ? 0 : x * StrictMath.log(x);
    }
}
