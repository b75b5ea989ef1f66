package org.silhouettes.core.linalg;

import java.util.Arrays;

/**
 * By {@link VectorTile}s. Where C is no whole number of tiles high or wide, the last ones overlap those before and add what
 * these did not.
 */
final class VectorOuterProducts implements OuterProducts {

    private static final int HEIGHT = VectorTile.ROWS;
    private static final int WIDTH = VectorTile.COLUMNS;

    private final int xLength;
    private final int yLength;
    private final float[] edge = new float[HEIGHT * WIDTH];

    /** Whether vectors of these lengths fill a tile. */
    static boolean fits(int xLength, int yLength) {
        return VectorTile.FITS && xLength >= HEIGHT && yLength >= WIDTH;
    }

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
        // the few columns of y that a column of tiles reads stay in the first-level cache
        for (int column = 0; column < yLength; column += WIDTH) {
            int j = Math.min(column, yLength - WIDTH);
            for (int row = 0; row < xLength; row += HEIGHT) {
                int i = Math.min(row, xLength - HEIGHT);
                if (i == row && j == column) {
                    int at = cFrom + i * cStride + j;
                    VectorTile.addOuter(x, xAt, i, y, yAt, j, from, to, weight, c, at, cStride);
                } else {
                    Arrays.fill(edge, 0);
                    VectorTile.addOuter(x, xAt, i, y, yAt, j, from, to, weight, edge, 0, WIDTH);
                    addEdge(row - i, column - j, c, cFrom + i * cStride + j, cStride);
                }
            }
        }
    }

    /** Adds a tile from this row and column on. */
    private void addEdge(int row, int column, float[] c, int at, int cStride) {
        for (int i = row; i < HEIGHT; i++) {
            for (int j = column; j < WIDTH; j++) {
                c[at + i * cStride + j] += edge[i * WIDTH + j];
            }
        }
    }

    @Override
    public void close() {
        // all is on the heap
    }
}
