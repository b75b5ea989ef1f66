package org.silhouettes.linalg.nd4j;

import org.silhouettes.linalg.AdamStep;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.LinalgBackend;
import org.silhouettes.linalg.OuterProducts;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.RowAccumulator;

/** {@link LinalgBackend#ND4J}: dense products by the OpenBLAS of ND4J, all else by other kernels. */
final class Nd4jKernels implements Kernels {

    private final Kernels others;

    /**
     * Loads and tests the library.
     *
     * @throws IllegalStateException where it multiplies wrongly
     */
    Nd4jKernels(Kernels others) {
        Blas.requireSound();
        this.others = others;
    }

    @Override
    public String description() {
        return "ND4J's OpenBLAS for dense products, " + others.description() + " for all else";
    }

    @Override
    public RowAccumulator rowAccumulator(int rows, int columns, int block) {
        return others.rowAccumulator(rows, columns, block);
    }

    @Override
    public PackedMatrix packedMatrix(int depth, int columns) {
        return new BlasPackedMatrix(depth, columns);
    }

    @Override
    public OuterProducts outerProducts(int xLength, int yLength, int capacity) {
        return new BlasOuterProducts(xLength, yLength, capacity);
    }

    @Override
    public float squares(float[] x, int from, int length) {
        return others.squares(x, from, length);
    }

    @Override
    public float rectifiedSquares(float[] x, int from, int length) {
        return others.rectifiedSquares(x, from, length);
    }

    @Override
    public void groupSquares(float[] x, int groups, int size, boolean rectified, float[] out) {
        others.groupSquares(x, groups, size, rectified, out);
    }

    @Override
    public float extrapolate(float a, float[] x, float b, float[] y, float[] z, int from, int length) {
        return others.extrapolate(a, x, b, y, z, from, length);
    }

    @Override
    public float addScaled(float[] x, float by, float[] y, float[] out, int from, int length) {
        return others.addScaled(x, by, y, out, from, length);
    }

    @Override
    public float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length) {
        return others.squaredDistance(x, xFrom, y, yFrom, length);
    }

    @Override
    public void combine(
            float a, float[] x, int xFrom, float b, float[] y, int yFrom, float[] out, int outFrom, int length) {
        others.combine(a, x, xFrom, b, y, yFrom, out, outFrom, length);
    }

    @Override
    public void rectify(float[] x, int xFrom, float scale, float floor, float[] out, int outFrom, int length) {
        others.rectify(x, xFrom, scale, floor, out, outFrom, length);
    }

    @Override
    public float dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
        return others.dot(x, xFrom, y, yFrom, length);
    }

    @Override
    public float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int length) {
        return others.rectifiedDot(x, xFrom, y, yFrom, floor, length);
    }

    @Override
    public void shrinkageGradient(
            float[] x,
            int xFrom,
            float scale,
            float floor,
            float radial,
            float radialFloor,
            float[] y,
            int yFrom,
            int length) {
        others.shrinkageGradient(x, xFrom, scale, floor, radial, radialFloor, y, yFrom, length);
    }

    @Override
    public float adam(
            float[] gradient, int gradientFrom, float[] x, float[] m, float[] v, int from, int length, AdamStep step) {
        return others.adam(gradient, gradientFrom, x, m, v, from, length, step);
    }

    @Override
    public void scale(float[] x, int from, int length, float by) {
        others.scale(x, from, length, by);
    }
}
