package org.silhouettes.core.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Normalised mutual information of two partitions, I(a; b) over the arithmetic mean of their entropies (Strehl & Ghosh
 * 2002, normalised as in scikit-learn): 0 where they are independent, 1 where they are the same.
 */
public final class MutualInformation {

    private MutualInformation() {}

    /** Of each image's strongest group and its class; images without an active group are a part of their own. */
    public static double ofStrongestGroup(List<EncodedImage> images) {
        Map<String, Integer> classes = new HashMap<>();
        int[] groups = new int[images.size()];
        int[] labels = new int[images.size()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = images.get(i).strongestGroup() + 1;
            Integer known = classes.putIfAbsent(images.get(i).label(), classes.size());
            labels[i] = known == null ? classes.size() - 1 : known;
        }
        return normalised(groups, labels);
    }

    /**
     * Of two partitions of the same points.
     *
     * @param a part of every point, ≥ 0
     * @param b part of every point, ≥ 0
     * @return 0 … 1; 1 where both have a single part, NaN without points
     */
    public static double normalised(int[] a, int[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "partitions of " + a.length + " and " + b.length + " points cannot be compared");
        }
        if (a.length == 0) {
            return Double.NaN;
        }
        double[] partsOfA = shares(a);
        double[] partsOfB = shares(b);
        double[] joint = new double[partsOfA.length * partsOfB.length];
        for (int i = 0; i < a.length; i++) {
            joint[a[i] * partsOfB.length + b[i]] += 1.0 / a.length;
        }
        double entropies = entropy(partsOfA) + entropy(partsOfB);
        if (entropies == 0) {
            return 1;
        }
        double information = entropies - entropy(joint);
        return Math.max(0, Math.min(1, 2 * information / entropies));
    }

    private static double[] shares(int[] parts) {
        int largest = 0;
        for (int part : parts) {
            largest = Math.max(largest, part);
        }
        double[] shares = new double[largest + 1];
        for (int part : parts) {
            shares[part] += 1.0 / parts.length;
        }
        return shares;
    }

    /** −Σ p ln p in nats. */
    private static double entropy(double[] shares) {
        double entropy = 0;
        for (double share : shares) {
            // a sum of n-ths may end a rounding above 1
            entropy -= share > 0 && share < 1 ? share * StrictMath.log(share) : 0;
        }
        return entropy;
    }
}
