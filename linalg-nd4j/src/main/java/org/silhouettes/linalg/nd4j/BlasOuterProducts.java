package org.silhouettes.linalg.nd4j;

import org.silhouettes.linalg.OuterProducts;

/** By the BLAS on packed copies. Memory, off the heap: [capacity, xLength + yLength] and [xLength, yLength]. */
final class BlasOuterProducts implements OuterProducts {

    private final int xLength;
    private final int yLength;
    private final int capacity;
    private final Matrix left;
    private final Matrix right;
    private final Matrix target;
    private final Matrix.Part allLeft;
    private final Matrix.Part allRight;
    private final Matrix.Part allTarget;

    BlasOuterProducts(int xLength, int yLength, int capacity) {
        this.xLength = xLength;
        this.yLength = yLength;
        this.capacity = capacity;
        this.left = new Matrix(capacity, xLength);
        this.right = new Matrix(capacity, yLength);
        this.target = new Matrix(xLength, yLength);
        this.allLeft = left.all();
        this.allRight = right.all();
        this.allTarget = target.all();
    }

    @Override
    public void add(
            float[] x,
            int[] xAt,
            float[] y,
            int[] yAt,
            int from,
            int to,
            float weight,
            float[] c,
            int cFrom,
            int cStride) {
        for (int row = 0; row < xLength; row++) {
            target.put(row * yLength, c, cFrom + row * cStride, yLength);
        }
        for (int first = from; first < to; first += capacity) {
            int count = Math.min(capacity, to - first);
            for (int p = 0; p < count; p++) {
                left.put(p * xLength, x, xAt[first + p], xLength);
                right.put(p * yLength, y, yAt[first + p], yLength);
            }
            Blas.transposedMultiply(xLength, yLength, count, weight, allLeft, allRight, 1, allTarget);
        }
        for (int row = 0; row < xLength; row++) {
            target.get(row * yLength, c, cFrom + row * cStride, yLength);
        }
    }

    @Override
    public void close() {
        left.close();
        right.close();
        target.close();
    }
}
