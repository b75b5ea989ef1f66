package org.silhouettes.linalg;

import java.util.List;

/**
 * Squared Euclidean distances from any vectors to a fixed list of vectors, in float64.
 *
 * <p>Bits depend on the implementation: this is for evaluation. Nothing that reaches a dictionary, a statistic or a drift mark
 * may use it.
 */
public interface PairwiseDistances extends AutoCloseable {

    /**
     * The distances to these points, by ND4J where it is on the class path, else in plain Java.
     *
     * @param points at least one, of equal length ≥ 1
     */
    static PairwiseDistances to(List<float[]> points) {
        return LinalgProvider.find()
                .map(provider -> provider.distances(points))
                .orElseGet(() -> new PlainDistances(points));
    }

    /**
     * Squared distances of the vectors to all points.
     *
     * @param vectors at least one, of the points' length
     * @return [vectors, points]
     * @throws IllegalArgumentException where a vector has another length
     */
    double[] squared(List<float[]> vectors);

    @Override
    void close();
}
