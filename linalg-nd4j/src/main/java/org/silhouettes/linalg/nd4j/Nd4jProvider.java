package org.silhouettes.linalg.nd4j;

import java.util.List;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.LinalgProvider;
import org.silhouettes.linalg.PairwiseDistances;

/** The ND4J back end; loads the native library at the first use of a product, not when it is found. */
public final class Nd4jProvider implements LinalgProvider {

    @Override
    public Kernels kernels(Kernels others) {
        return new Nd4jKernels(others);
    }

    @Override
    public PairwiseDistances distances(List<float[]> points) {
        return new Nd4jDistances(points);
    }
}
