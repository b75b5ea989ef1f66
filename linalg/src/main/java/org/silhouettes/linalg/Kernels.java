package org.silhouettes.linalg;

/**
 * The inner loops of the method on stretches of float arrays, with the vector instructions of {@code jdk.incubator.vector}
 * where the JVM has that module ({@code --add-modules jdk.incubator.vector}), else in plain Java. Both give the same bits for
 * the same input on every CPU (of a NaN, only that it is one):
 *
 * <ul>
 *   <li>a value that stands alone is made by the operations as they are written, with a fused multiply-add where a product is
 *       added to something;
 *   <li>a sum over n values has 16 lanes. Value i of the first ⌊n/16⌋ · 16 is added to lane i mod 16, lanes are then added
 *       pairwise, those 8 apart first, then 4, 2 and 1. The remaining values have a sum of their own, in their order, which is
 *       added last. All sums begin with 0, and products are added by fused multiply-adds;
 *   <li>a maximum is that of {@link Math#max}: NaN if one is, and −0 below 0.
 * </ul>
 */
public interface Kernels {

    /** The fastest ones of this JVM. */
    static Kernels best() {
        return KernelChoice.BEST;
    }

    /**
     * Those of a back end.
     *
     * @throws IllegalStateException where the library of {@link LinalgBackend#ND4J} is missing or multiplies wrongly
     */
    static Kernels of(LinalgBackend backend) {
        return switch (backend) {
            case VECTOR -> best();
            case ND4J ->
                LinalgProvider.find()
                        .orElseThrow(() -> new IllegalStateException(
                                "linalg.backend is nd4j, but module linalg-nd4j is not on the class path: add"
                                        + " org.silhouettes:silhouettes-linalg-nd4j, or set linalg.backend to vector"))
                        .kernels(best());
        };
    }

    /** What they are made of, for logs: such as {@code vectors of 16 floats}. */
    String description();

    /**
     * A table of {@code rows} rows of {@code columns} values, empty until {@link RowAccumulator#use}.
     *
     * @param block columns of a block; divides {@code columns}
     */
    RowAccumulator rowAccumulator(int rows, int columns, int block);

    /** A factor B, [depth, columns]; zeros, or not yet there. */
    PackedMatrix packedMatrix(int depth, int columns);

    /**
     * Sums of outer products [xLength, yLength].
     *
     * @param capacity about how many are added together
     */
    OuterProducts outerProducts(int xLength, int yLength, int capacity);

    /** Σ x_i². */
    float squares(float[] x, int from, int length);

    /** Σ max(x_i, 0)². */
    float rectifiedSquares(float[] x, int from, int length);

    /**
     * out[g] ← Σ x_i² over stretch g of x, or Σ max(x_i, 0)².
     *
     * @param x [groups, size]
     * @param out [groups]
     */
    void groupSquares(float[] x, int groups, int size, boolean rectified, float[] out);

    /**
     * z_i ← a·x_i + b·y_i, all three from {@code from} on.
     *
     * @return Σ (z_i − what it was)²
     */
    float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int length);

    /**
     * out_i ← x_i + by · y_i, all three from {@code from} on.
     *
     * @return Σ out_i²
     */
    float addScaled(float[] x, float by, float[] y, float[] out, int from, int length);

    /** Σ (x_i − y_i)². */
    float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length);

    /** out_i ← a·x_i + b·y_i; out may be x or y at the same place. */
    void combine(float a, float[] x, int xFrom, float b, float[] y, int yFrom, float[] out, int outFrom, int length);

    /** out_i ← scale · max(x_i, floor). */
    void rectify(float[] x, int xFrom, float scale, float floor, float[] out, int outFrom, int length);

    /** Σ x_i · y_i. */
    float dot(float[] x, int xFrom, float[] y, int yFrom, int length);

    /** Σ x_i · max(y_i, floor). */
    float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int length);

    /**
     * y_i ← (scale · x_i where y_i > floor, else 0) + radial · max(y_i, radialFloor): how a gradient x goes back through the
     * shrinkage of y.
     */
    void shrinkageGradient(
            float[] x,
            int xFrom,
            float scale,
            float floor,
            float radial,
            float radialFloor,
            float[] y,
            int yFrom,
            int length);

    /**
     * One step of Adam on a stretch: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← x − rate · m / (correction · √v + ε).
     *
     * @return Σ x_i² afterwards
     */
    float adam(
            float[] gradient, int gradientFrom, float[] x, float[] m, float[] v, int from, int length, AdamStep step);

    /** x_i ← by · x_i. */
    void scale(float[] x, int from, int length, float by);
}
