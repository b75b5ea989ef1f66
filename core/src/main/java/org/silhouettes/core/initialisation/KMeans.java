package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.Random64;

/**
 * K-means with k-means++ seeding (Arthur & Vassilvitskii 2007) and Lloyd's iterations; Euclidean, or spherical (unit rows and
 * centres of unit norm, Dhillon & Modha 2001). Deterministic for the same points and random numbers.
 */
final class KMeans implements AutoCloseable {

    private static final int ITERATIONS = 20;

    private final Rows points;
    private final boolean spherical;
    private final Random64 random;
    private final double[] squaredNorms;
    /** The points transposed, [length, points]. */
    private final PackedMatrix packed;

    private KMeans(Rows points, boolean spherical, Random64 random) {
        this.points = points;
        this.spherical = spherical;
        this.random = random;
        this.packed = points.packedTransposed();
        this.squaredNorms = new double[points.count()];
        for (int i = 0; i < points.count(); i++) {
            double norm = points.norm(i);
            squaredNorms[i] = norm * norm;
        }
    }

    /**
     * Centres and, for each point, the nearest one.
     *
     * @param centres [min(k, points), length]
     * @param nearest [points]
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Clusters(Rows centres, int[] nearest) {

        /** Indices of the members of every cluster, ascending. */
        int[][] members() {
            return Partition.members(nearest, centres.count());
        }
    }

    /** Clusters by Euclidean distance. */
    static Clusters euclidean(Rows points, int k, Random64 random) {
        try (KMeans means = new KMeans(points, false, random)) {
            return means.cluster(k);
        }
    }

    /** Clusters by angle; points are scaled to unit norm here. */
    static Clusters spherical(Rows points, int k, Random64 random) {
        try (KMeans means = new KMeans(points.unit(), true, random)) {
            return means.cluster(k);
        }
    }

    private Clusters cluster(int k) {
        Rows centres = seeds(Math.min(k, points.count()));
        int[] nearest = nearest(centres);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            centres = means(nearest, centres.count());
            int[] moved = nearest(centres);
            if (Arrays.equals(moved, nearest)) {
                break;
            }
            nearest = moved;
        }
        return new Clusters(centres, nearest);
    }

    /** Draws k points with probabilities proportional to the squared distance from the points drawn before. */
    private Rows seeds(int k) {
        int[] chosen = new int[k];
        double[] distances = new double[points.count()];
        Arrays.fill(distances, Double.POSITIVE_INFINITY);
        float[] products = new float[points.count()];
        chosen[0] = random.nextInt(points.count());
        for (int c = 1; c < k; c++) {
            packed.multiply(points.values(), chosen[c - 1] * points.length(), 1, products);
            double total = 0;
            for (int i = 0; i < distances.length; i++) {
                double distance = squaredNorms[i] + squaredNorms[chosen[c - 1]] - 2.0 * products[i];
                distances[i] = Math.max(0, Math.min(distances[i], distance));
                total += distances[i];
            }
            chosen[c] = draw(distances, total);
        }
        return points.select(chosen);
    }

    private int draw(double[] weights, double total) {
        if (!(total > 0)) {
            return random.nextInt(weights.length);
        }
        double left = random.nextDouble() * total;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                left -= weights[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private int[] nearest(Rows centres) {
        int n = points.count();
        int k = centres.count();
        float[] products = new float[Math.multiplyExact(k, n)];
        packed.multiply(centres.values(), 0, k, products);
        double[] halfSquares = new double[k];
        for (int c = 0; c < k; c++) {
            double norm = centres.norm(c);
            halfSquares[c] = norm * norm / 2;
        }
        int[] nearest = new int[n];
        double[] best = new double[n];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int c = 0; c < k; c++) {
            for (int i = 0; i < n; i++) {
                double score = products[c * n + i] - halfSquares[c];
                if (score > best[i]) {
                    best[i] = score;
                    nearest[i] = c;
                }
            }
        }
        return nearest;
    }

    private Rows means(int[] nearest, int k) {
        int length = points.length();
        Rows means = Rows.zeros(k, length);
        int[] sizes = new int[k];
        for (int i = 0; i < nearest.length; i++) {
            sizes[nearest[i]]++;
            int to = nearest[i] * length;
            for (int from = i * length, end = from + length; from < end; from++, to++) {
                means.values()[to] += points.values()[from];
            }
        }
        for (int c = 0; c < k; c++) {
            if (sizes[c] == 0) {
                // an empty cluster restarts at a random point
                int from = random.nextInt(points.count()) * length;
                System.arraycopy(points.values(), from, means.values(), c * length, length);
                continue;
            }
            float scale = 1f / sizes[c];
            for (int at = c * length; at < (c + 1) * length; at++) {
                means.values()[at] *= scale;
            }
            if (spherical) {
                means.normaliseInPlace(c);
            }
        }
        return means;
    }

    @Override
    public void close() {
        packed.close();
    }
}
