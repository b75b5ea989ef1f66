package org.silhouettes.core.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Classification by the k nearest n-vectors, Euclidean, by exhaustive search. */
final class NearestNeighbours {

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
        for (EncodedImage image : test) {
            int[] nearest = nearest(fit, image.groupNorms(), Math.min(k, fit.size()));
            int found = mostFrequent(nearest, classes, index.size());
            right += Integer.valueOf(found).equals(index.get(image.label())) ? 1 : 0;
        }
        return (double) right / test.size();
    }

    private static int[] nearest(List<EncodedImage> fit, float[] vector, int k) {
        int[] best = new int[k];
        double[] distances = new double[k];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        for (int i = 0; i < fit.size(); i++) {
            double distance = SimilarityMatrix.squaredDistance(fit.get(i).groupNorms(), vector);
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

    private static int mostFrequent(int[] images, int[] classes, int count) {
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
