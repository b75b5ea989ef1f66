package org.silhouettes.linalg.nd4j;

import org.silhouettes.linalg.PackedMatrix;

/**
 * By the BLAS. Memory, off the heap: B, as it was given or transposed, and A and C of the most rows that were multiplied
 * together.
 */
final class BlasPackedMatrix implements PackedMatrix {

    /** A BLAS copies B in each product, which this many rows make up for. */
    private static final int ROWS = 32;

    private final int depth;
    private final int columns;
    private final Room factor = new Room();
    private final Room left = new Room();
    private final Room product = new Room();
    private boolean transposed;

    /** A matrix that is made when it is needed first, and anew when it is too small. */
    private static final class Room {
        private Matrix matrix;
        private Matrix.Part all;

        Matrix.Part of(int rows, int columns) {
            if (matrix == null || matrix.rows() < rows || matrix.columns() != columns) {
                close();
                matrix = new Matrix(rows, columns);
                all = matrix.all();
            }
            return all;
        }

        void close() {
            if (matrix != null) {
                matrix.close();
            }
        }
    }

    BlasPackedMatrix(int depth, int columns) {
        this.depth = depth;
        this.columns = columns;
    }

    @Override
    public int fastRows() {
        return ROWS;
    }

    @Override
    public void use(float[] b, int first, int count) {
        transposed = false;
        factor.of(depth, columns);
        factor.matrix.put(first * columns, b, first * columns, count * columns);
    }

    @Override
    public void useTransposed(float[] rows) {
        transposed = true;
        factor.of(columns, depth);
        factor.matrix.put(0, rows, 0, columns * depth);
    }

    @Override
    public void multiply(float[] a, int aFrom, int rows, float[] c) {
        Matrix.Part to = product.of(rows, columns);
        Matrix.Part from = left.of(rows, depth);
        left.matrix.put(0, a, aFrom, rows * depth);
        if (transposed) {
            Blas.multiplyTransposed(rows, columns, depth, 1, from, factor.all, 0, to);
        } else {
            Blas.multiply(rows, columns, depth, 1, from, factor.all, 0, to);
        }
        product.matrix.get(0, c, 0, rows * columns);
    }

    @Override
    public void lowerGram(float[] rows, float[] c) {
        Matrix.Part to = product.of(columns, columns);
        Blas.lowerGram(columns, depth, factor.all, to);
        product.matrix.get(0, c, 0, columns * columns);
    }

    @Override
    public void close() {
        factor.close();
        left.close();
        product.close();
    }
}
