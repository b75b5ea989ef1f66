package org.silhouettes.linalg;

import java.util.List;

/** {@link PairwiseDistances} in plain Java: a sum of squared differences for each pair. */
final class PlainDistances implements PairwiseDistances {

    private final List<float[]> points;
    private final int length;

    PlainDistances(List<float[]> points) {
        this.points = points;
        this.length = points.get(0).length;
        points.forEach(this::requireLength);
    }

    @Override
    public double[] squared(List<float[]> vectors) {
        double[] distances = new double[Math.multiplyExact(vectors.size(), points.size())];
        int at = 0;
        for (float[] vector : vectors) {
            requireLength(vector);
            for (float[] point : points) {
                distances[at++] = squared(vector, point);
            }
        }
        return distances;
    }

    private static double squared(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double difference = (double) x[i] - y[i];
            sum += difference * difference;
        }
        return sum;
    }

    private void requireLength(float[] vector) {
        if (vector.length != length) {
            throw new IllegalArgumentException(
                    "vectors of " + vector.length + " and " + length + " values cannot be compared");
        }
    }

    @Override
    public void close() {}
}
