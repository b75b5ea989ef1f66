package org.silhouettes.linalg.nd4j;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.silhouettes.linalg.PairwiseDistances;

/**
 * Squared Euclidean distances by products of ND4J in float64.
 *
 * <p>Vectors that differ by less than float32 resolves have distance 0. Memory: [points, length] and, for each call, [vectors,
 * points], float64, off the heap. Not thread-safe.
 */
final class Nd4jDistances implements PairwiseDistances {

    /** Share of the squared norms below which a squared distance is rounding. */
    private static final double RESOLUTION = 1e-13;

    private final int length;
    private final double[] squares;
    private final INDArray points;

    /** @param points at least one, of equal length ≥ 1 */
    Nd4jDistances(List<float[]> points) {
        Blas.load();
        this.length = points.get(0).length;
        this.squares = squares(points);
        this.points = matrix(points);
    }

    @Override
    public double[] squared(List<float[]> vectors) {
        int n = squares.length;
        double[] of = squares(vectors);
        double[] distances = new double[Math.multiplyExact(of.length, n)];
        try (INDArray rows = matrix(vectors);
                INDArray byColumn = Nd4j.gemm(rows, points, false, true);
                INDArray product = byColumn.dup('c')) {
            double[] products = product.data().asDouble();
            for (int i = 0; i < of.length; i++) {
                for (int j = 0; j < n; j++) {
                    double norms = of[i] + squares[j];
                    double distance = norms - 2 * products[i * n + j];
                    distances[i * n + j] = distance > RESOLUTION * norms ? distance : 0;
                }
            }
        }
        return distances;
    }

    private double[] squares(List<float[]> vectors) {
        double[] sums = new double[vectors.size()];
        for (int i = 0; i < sums.length; i++) {
            float[] vector = vectors.get(i);
            if (vector.length != length) {
                throw new IllegalArgumentException(
                        "vectors of " + vector.length + " and " + length + " values cannot be compared");
            }
            for (float value : vector) {
                sums[i] += (double) value * value;
            }
        }
        return sums;
    }

    private INDArray matrix(List<float[]> vectors) {
        double[] values = new double[Math.multiplyExact(vectors.size(), length)];
        int at = 0;
        for (float[] vector : vectors) {
            for (float value : vector) {
                values[at++] = value;
            }
        }
        return Nd4j.create(values, new long[] {vectors.size(), length}, DataType.DOUBLE);
    }

    @Override
    public void close() {
        points.close();
    }
}
