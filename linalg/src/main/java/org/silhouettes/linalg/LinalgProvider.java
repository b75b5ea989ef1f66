package org.silhouettes.linalg;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** A further back end of matrix products, found by {@link ServiceLoader}: module {@code linalg-nd4j} has one. */
public interface LinalgProvider {

    /**
     * Kernels with dense products of this back end.
     *
     * @param others kernels for all other operations
     * @throws IllegalStateException where the library multiplies wrongly
     */
    Kernels kernels(Kernels others);

    /**
     * Distances for the evaluation.
     *
     * @param points at least one, of equal length ≥ 1
     */
    PairwiseDistances distances(List<float[]> points);

    /** The provider on the class path of this library. */
    static Optional<LinalgProvider> find() {
        return ServiceLoader.load(LinalgProvider.class, LinalgProvider.class.getClassLoader())
                .findFirst();
    }
}
