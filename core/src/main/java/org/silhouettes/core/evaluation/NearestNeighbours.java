package org.silhouettes.core.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.silhouettes.linalg.PairwiseDistances;

/** Classification by the k nearest n-vectors, Euclidean, by exhaustive search; distances by ND4J. */
final class NearestNeighbours {

    /** Test images whose distances are held at a time. */
    private static final int BLOCK = 512;

    private NearestNeighbours() {}

    /**
     * Share of the test images whose class most of the k nearest fit images have; among equally frequent classes the first
     * by name. NaN where either list is empty.
     */
    static double accuracy(List<EncodedImage> fit, List<EncodedImage> test, int k) {
        if (fit.isEmpty() || test.isEmpty()) {
            return Double.NaN;
        }
        TreeMap<String, Integer> index = new TreeMap<>();
        fit.forEach(image -> index.put(image.label(), 0));
        int next = 0;
        for (var entry : index.entrySet()) {
            entry.setValue(next++);
        }
        int[] classes = fit.stream().mapToInt(image -> index.get(image.label())).toArray();
        int right = 0;
        try (PairwiseDistances to =
                PairwiseDistances.to(fit.stream().map(EncodedImage::groupNorms).toList())) {
            for (int from = 0; from < test.size(); from += BLOCK) {
                List<EncodedImage> block = test.subList(from, Math.min(test.size(), from + BLOCK));
                double[] squared =
                        to.squared(block.stream().map(EncodedImage::groupNorms).toList());
                for (int i = 0; i < block.size(); i++) {
                    int[] nearest = nearest(squared, i * fit.size(), fit.size(), Math.min(k, fit.size()));
                    Integer found = majority(nearest, classes, index.size());
                    right += found.equals(index.get(block.get(i).label())) ? 1 : 0;
                }
            }
        }
        return (double) right / test.size();
    }

    /** Indices of the k smallest of squared[offset … offset + n − 1]; among equals the lower index first. */
    private static int[] nearest(double[] squared, int offset, int n, int k) {
        int[] best = new int[k];
        double[] distances = new double[k];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            double distance = squared[offset + i];
            int at = k;
            while (at > 0 && distance < distances[at - 1]) {
                at--;
                if (at < k - 1) {
                    distances[at + 1] = distances[at];
                    best[at + 1] = best[at];
                }
            }
            if (at < k) {
                distances[at] = distance;
                best[at] = i;
            }
        }
        return best;
    }

    private static int majority(int[] images, int[] classes, int count) {
        int[] votes = new int[count];
        for (int image : images) {
            votes[classes[image]]++;
        }
        int winner = 0;
        for (int c = 1; c < count; c++) {
            if (votes[c] > votes[winner]) {
                winner = c;
            }
        }
        return winner;
    }
}
