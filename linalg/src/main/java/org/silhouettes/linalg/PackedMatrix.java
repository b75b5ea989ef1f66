package org.silhouettes.linalg;

/**
 * The right-hand factor B, [depth, columns], of dense products A·B, made ready once for any number of them. Made by {@link
 * Kernels#packedMatrix}. Every value of a product is a chain of fused multiply-adds, begun with 0, in the order of the depth,
 * whatever rows are multiplied together; only {@link LinalgBackend#ND4J} adds in an order of its own. Not thread-safe.
 */
public interface PackedMatrix extends AutoCloseable {

    /** {@link #fastRows} of all back ends but ND4J, on every CPU: blocks of this many rows are part of the method's bits. */
    int FAST_ROWS = 8;

    /** Minimum number of rows of A for full throughput. */
    int fastRows();

    /** Copies rows {@code first} … {@code first + count − 1} of B from as many of {@code b}, [depth, columns]. */
    void use(float[] b, int first, int count);

    /** Copies B from its transpose, [columns, depth]. */
    void useTransposed(float[] transposed);

    /**
     * C ← A·B.
     *
     * @param a A, [rows, depth] from {@code aFrom} on
     * @param c C, [rows, columns], written
     */
    void multiply(float[] a, int aFrom, int rows, float[] c);

    /**
     * Lower triangle with diagonal of C ← Bᵀ·B; the rest of C may be anything afterwards.
     *
     * @param transposed Bᵀ, [columns, depth], that {@link #useTransposed} was given
     * @param c C, [columns, columns], written
     */
    void lowerGram(float[] transposed, float[] c);

    @Override
    void close();
}
