package org.silhouettes.core.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Normalised mutual information of two partitions: 0 where they are independent, 1 where they are equal. It is
 * 2 I(U; V) / (H(U) + H(V)) in natural logarithms, the arithmetic normalisation of scikit-learn (Strehl & Ghosh 2002).
 *
 * <p>Two partitions of a single block each say nothing about each other: 0 / 0. There is no value then, nor without
 * points; scikit-learn returns 1.
 */
public final class MutualInformation {

    private MutualInformation() {}

    /** Of each image's strongest group and its class; images without an active group are a block of their own. */
    public static OptionalDouble ofStrongestGroup(List<EncodedImage> images) {
        Map<String, Integer> classes = new HashMap<>();
        images.forEach(image -> classes.putIfAbsent(image.label(), classes.size()));
        Map<Integer, long[]> table = new TreeMap<>();
        for (EncodedImage image : images) {
            table.computeIfAbsent(image.strongestGroup(), group -> new long[classes.size()])[
                    classes.get(image.label())]++;
        }
        return normalised(new ArrayList<>(table.values()));
    }

    /**
     * Of the partitions that a contingency table counts.
     *
     * @param table counts, rows of equal length: a row for each block of one partition, a column for each of the other
     */
    public static OptionalDouble normalised(List<long[]> table) {
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
