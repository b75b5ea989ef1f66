package org.silhouettes.core.evaluation;

import java.util.List;
import java.util.TreeMap;
import org.silhouettes.linalg.PairwiseDistances;

/**
 * Pairwise Euclidean distances between representations of images, with their classes: the paper's Figure 2, of pixels,
 * codes or group norms.
 */
public final class SimilarityMatrix {

    private final List<String> labels;
    private final float[] distances;

    private SimilarityMatrix(List<String> labels, float[] distances) {
        this.labels = labels;
        this.distances = distances;
    }

    /**
     * Distances between vectors.
     *
     * @param labels the class of every vector
     * @param vectors of equal length: pixels, codes, group norms…
     */
    public static SimilarityMatrix of(List<String> labels, List<float[]> vectors) {
        if (labels.size() != vectors.size()) {
            throw new IllegalArgumentException(labels.size() + " labels for " + vectors.size() + " vectors: one each");
        }
        int n = vectors.size();
        float[] distances = new float[Math.multiplyExact(n, n)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                float distance = (float) Math.sqrt(squaredDistance(vectors.get(i), vectors.get(j)));
                distances[i * n + j] = distance;
                distances[j * n + i] = distance;
            }
        }
        return new SimilarityMatrix(List.copyOf(labels), distances);
    }

    /** Distances between the n-vectors of labelled images, by ND4J. */
    static SimilarityMatrix ofGroupNorms(List<EncodedImage> images) {
        List<String> labels = images.stream().map(EncodedImage::label).toList();
        List<float[]> vectors = images.stream().map(EncodedImage::groupNorms).toList();
        if (vectors.isEmpty()) {
            return of(labels, vectors);
        }
        try (PairwiseDistances to = PairwiseDistances.to(vectors)) {
            double[] squared = to.squared(vectors);
            float[] distances = new float[squared.length];
            for (int i = 0; i < distances.length; i++) {
                distances[i] = (float) Math.sqrt(squared[i]);
            }
            return new SimilarityMatrix(labels, distances);
        }
    }

    /** Number of images. */
    public int size() {
        return labels.size();
    }

    /** Classes of the rows and columns. */
    public List<String> labels() {
        return labels;
    }

    /** Distance between images i and j. */
    public float distance(int i, int j) {
        return distances[i * size() + j];
    }

    /** Mean distance between classes over the mean within; NaN where there are no such pairs or all within are 0. */
    public double distanceRatio() {
        double within = 0;
        double between = 0;
        long pairsWithin = 0;
        long pairsBetween = 0;
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < i; j++) {
                if (labels.get(i).equals(labels.get(j))) {
                    within += distance(i, j);
                    pairsWithin++;
                } else {
                    between += distance(i, j);
                    pairsBetween++;
                }
            }
        }
        return pairsWithin == 0 || pairsBetween == 0 || within == 0
                ? Double.NaN
                : (between / pairsBetween) / (within / pairsWithin);
    }

    /**
     * Mean over the images of (b − a)/max(a, b), a the mean distance to the others of the class, b the least mean
     * distance to another class (Rousseeuw 1987); 0 for the only image of a class. NaN with fewer than two classes.
     */
    public double silhouetteScore() {
        TreeMap<String, Integer> index = new TreeMap<>();
        labels.forEach(label -> index.putIfAbsent(label, index.size()));
        if (index.size() < 2) {
            return Double.NaN;
        }
        int[] classes = labels.stream().mapToInt(index::get).toArray();
        int[] sizes = new int[index.size()];
        for (int c : classes) {
            sizes[c]++;
        }
        double total = 0;
        for (int i = 0; i < size(); i++) {
            total += silhouette(i, classes, sizes);
        }
        return total / size();
    }

    private double silhouette(int i, int[] classes, int[] sizes) {
        int own = classes[i];
        if (sizes[own] == 1) {
            return 0;
        }
        double[] sums = new double[sizes.length];
        for (int j = 0; j < size(); j++) {
            sums[classes[j]] += distance(i, j);
        }
        double within = sums[own] / (sizes[own] - 1);
        double between = Double.POSITIVE_INFINITY;
        for (int c = 0; c < sizes.length; c++) {
            if (c != own) {
                between = Math.min(between, sums[c] / sizes[c]);
            }
        }
        double larger = Math.max(within, between);
        return larger == 0 ? 0 : (between - within) / larger;
    }

    private static double squaredDistance(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of " + a.length + " and " + b.length + " values cannot be compared");
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
