package org.silhouettes.linalg;

import java.util.Arrays;

/**
 * By {@link GemmMicroKernel}s, lower ones for the rows that are left over. Where C is no whole number of tiles wide, the last ones
 * work on a copy of C's columns; where y is narrower than a tile, on copies of y filled up with zeros.
 */
final class VectorOuterProducts implements OuterProducts {

    private static final int HEIGHT = GemmMicroKernel.ROWS;
    private static final int WIDTH = GemmMicroKernel.COLUMNS;

    private final int xLength;
    private final int yLength;
    private final float[] edge = new float[HEIGHT * WIDTH];
    /** Copies of y, where it is narrower than a tile, and where they start. */
    private float[] wide = new float[0];

    private int[] wideAt = new int[0];
    /** Where the rows of x start that the copies belong to. */
    private int[] narrowAt = new int[0];

    VectorOuterProducts(int xLength, int yLength) {
        this.xLength = xLength;
        this.yLength = yLength;
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
        if (yLength < WIDTH) {
            widen(y, yAt, from, to);
            System.arraycopy(xAt, from, narrowAt, 0, to - from);
            addEdge(x, narrowAt, wide, wideAt, 0, 0, 0, to - from, weight, c, cFrom, cStride);
            return;
        }
        // the few columns of y that a column of tiles reads stay in the first-level cache
        int column = 0;
        for (; column + WIDTH <= yLength; column += WIDTH) {
            addPanel(x, xAt, 0, xLength, y, yAt, column, from, to, weight, c, cFrom + column, cStride);
        }
        if (column < yLength) {
            int j = yLength - WIDTH;
            addEdge(x, xAt, y, yAt, j, column - j, from, to, weight, c, cFrom + j, cStride);
        }
    }

    private void widen(float[] y, int[] yAt, int from, int to) {
        int rows = to - from;
        if (wideAt.length < rows) {
            wide = new float[Math.multiplyExact(rows, WIDTH)];
            wideAt = new int[rows];
            narrowAt = new int[rows];
            Arrays.setAll(wideAt, p -> p * WIDTH);
        }
        for (int p = 0; p < rows; p++) {
            System.arraycopy(y, yAt[from + p], wide, p * WIDTH, yLength);
        }
    }

    /** Adds {@code rows} rows from row {@code first} of x on, and WIDTH columns from column {@code column} of y on. */
    private static void addPanel(
            float[] x,
            int[] xAt,
            int first,
            int rows,
            float[] y,
            int[] yAt,
            int column,
            int from,
            int to,
            float weight,
            float[] c,
            int cFrom,
            int cStride) {
        int i = 0;
        for (; i + HEIGHT <= rows; i += HEIGHT) {
            GemmMicroKernel.addOuter(
                    x, xAt, first + i, y, yAt, column, from, to, weight, c, cFrom + i * cStride, cStride);
        }
        for (; i + 2 <= rows; i += 2) {
            ThinMicroKernel.addOuterTwo(
                    x, xAt, first + i, y, yAt, column, from, to, weight, c, cFrom + i * cStride, cStride);
        }
        if (i < rows) {
            ThinMicroKernel.addOuterRow(x, xAt, first + i, y, yAt, column, from, to, weight, c, cFrom + i * cStride);
        }
    }

    /**
     * The same for all rows by way of copies of C's, of which those before column {@code skipped} stay as they are.
     *
     * @param column where the columns start in y
     */
    private void addEdge(
            float[] x,
            int[] xAt,
            float[] y,
            int[] yAt,
            int column,
            int skipped,
            int from,
            int to,
            float weight,
            float[] c,
            int cFrom,
            int cStride) {
        int width = Math.min(WIDTH, yLength);
        for (int first = 0; first < xLength; first += HEIGHT) {
            int rows = Math.min(HEIGHT, xLength - first);
            for (int i = 0; i < rows; i++) {
                System.arraycopy(c, cFrom + (first + i) * cStride, edge, i * WIDTH, width);
            }
            addPanel(x, xAt, first, rows, y, yAt, column, from, to, weight, edge, 0, WIDTH);
            for (int i = 0; i < rows; i++) {
                int at = cFrom + (first + i) * cStride + skipped;
                System.arraycopy(edge, i * WIDTH + skipped, c, at, width - skipped);
            }
        }
    }

    @Override
    public void close() {
        // all is on the heap
    }
}
