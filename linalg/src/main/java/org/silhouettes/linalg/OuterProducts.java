package org.silhouettes.linalg;

/**
 * C ← C + weight · Σ x_p ⊗ y_p over pairs p of vectors that stand anywhere in two arrays: XᵀY of some rows of X and Y, which
 * need not be copied. Made by {@link Kernels#outerProducts}. Not thread-safe.
 */
public interface OuterProducts extends AutoCloseable {

    /**
     * Adds pairs {@code from} … {@code to} − 1. For each value of C there is a chain of fused multiply-adds, begun with 0, in
     * the order of the pairs, and its product with the weight is added by one more; only {@link LinalgBackend#ND4J} adds in an
     * order of its own.
     *
     * @param xAt where in {@code x} the vector of a pair starts
     * @param yAt where in {@code y} that of a pair starts
     * @param c C, [x's length, y's length] from {@code cFrom} on, rows {@code cStride} apart
     */
    void add(
            float[] x,
            int[] xAt,
            float[] y,
            int[] yAt,
            int from,
            int to,
            float weight,
            float[] c,
            int cFrom,
            int cStride);

    @Override
    void close();
}
