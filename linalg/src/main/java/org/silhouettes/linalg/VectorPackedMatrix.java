package org.silhouettes.linalg;

/**
 * By {@link GemmMicroKernel}s on B in panels of as many columns as a tile has, the last filled up with zeros; a panel's rows
 * follow each other. Panels are read in strips that stay in the first-level cache while all of A's rows are multiplied.
 */
final class VectorPackedMatrix implements PackedMatrix {

    private static final int WIDTH = GemmMicroKernel.COLUMNS;
    /** Rows of a strip: 50 KB with vectors of 16 floats, 25 KB with vectors of 8. */
    private static final int STRIP = 392;
    /** Rows of a panel that are transposed together: 14 KB that stay in the first-level cache, seven lines read in a row. */
    private static final int TRANSPOSED = 112;

    private final int depth;
    private final int columns;
    private final float[] panels;
    private final float[] edge;

    VectorPackedMatrix(int depth, int columns) {
        this.depth = depth;
        this.columns = columns;
        this.panels = AlignedArray.of(Math.multiplyExact(depth, (columns + WIDTH - 1) / WIDTH * WIDTH));
        this.edge = new float[GemmMicroKernel.ROWS * WIDTH];
    }

    @Override
    public int fastRows() {
        return FAST_ROWS;
    }

    @Override
    public void use(float[] b, int first, int count) {
        for (int k = first; k < first + count; k++) {
            for (int j = 0; j < columns; j += WIDTH) {
                System.arraycopy(b, k * columns + j, panels, at(j, k), Math.min(WIDTH, columns - j));
            }
        }
    }

    @Override
    public void useTransposed(float[] transposed) {
        for (int j = 0; j < columns; j += WIDTH) {
            for (int from = 0; from < depth; from += TRANSPOSED) {
                int to = Math.min(from + TRANSPOSED, depth);
                for (int i = j; i < Math.min(j + WIDTH, columns); i++) {
                    int source = i * depth;
                    int target = at(j, 0) + i - j;
                    for (int k = from; k < to; k++) {
                        panels[target + k * WIDTH] = transposed[source + k];
                    }
                }
            }
        }
    }

    /** Where row k of the panel from column j on starts. */
    private int at(int j, int k) {
        return AlignedArray.FIRST + j * depth + k * WIDTH;
    }

    @Override
    public void multiply(float[] a, int aFrom, int rows, float[] c) {
        for (int j = 0; j < columns; j += WIDTH) {
            multiplyPanel(a, aFrom, 0, rows, j, c);
        }
    }

    @Override
    public void lowerGram(float[] transposed, float[] c) {
        for (int j = 0; j < columns; j += WIDTH) {
            multiplyPanel(transposed, 0, j, columns, j, c);
        }
    }

    /** Rows {@code first} … {@code rows} − 1 of C in the columns of the panel from column j on. */
    private void multiplyPanel(float[] a, int aFrom, int first, int rows, int j, float[] c) {
        if (j + WIDTH > columns) {
            multiplyEdge(a, aFrom, first, rows, j, c);
            return;
        }
        for (int k = 0; k < depth; k += STRIP) {
            int length = Math.min(STRIP, depth - k);
            int i = first;
            for (; i + GemmMicroKernel.ROWS <= rows; i += GemmMicroKernel.ROWS) {
                int from = aFrom + i * depth + k;
                GemmMicroKernel.multiply(a, from, depth, panels, at(j, k), length, c, i * columns + j, columns, k > 0);
            }
            for (; i + 2 <= rows; i += 2) {
                int from = aFrom + i * depth + k;
                ThinMicroKernel.multiplyTwo(
                        a, from, depth, panels, at(j, k), length, c, i * columns + j, columns, k > 0);
            }
            if (i < rows) {
                ThinMicroKernel.multiplyRow(
                        a, aFrom + i * depth + k, panels, at(j, k), length, c, i * columns + j, k > 0);
            }
        }
    }

    /** The same by way of a full tile, for the panel that is filled up with zeros. */
    private void multiplyEdge(float[] a, int aFrom, int first, int rows, int j, float[] c) {
        int i = first;
        for (; i + GemmMicroKernel.ROWS <= rows; i += GemmMicroKernel.ROWS) {
            GemmMicroKernel.multiply(a, aFrom + i * depth, depth, panels, at(j, 0), depth, edge, 0, WIDTH, false);
            for (int row = 0; row < GemmMicroKernel.ROWS; row++) {
                System.arraycopy(edge, row * WIDTH, c, (i + row) * columns + j, columns - j);
            }
        }
        for (; i < rows; i++) {
            ThinMicroKernel.multiplyRow(a, aFrom + i * depth, panels, at(j, 0), depth, edge, 0, false);
            System.arraycopy(edge, 0, c, i * columns + j, columns - j);
        }
    }

    @Override
    public void close() {
        // all is on the heap
    }
}
