package org.silhouettes.linalg;

import java.util.Arrays;

/** In plain Java: the rows of B are added up by {@link PlainRows}. */
final class PlainPackedMatrix implements PackedMatrix {

    private final int columns;
    private final float[][] rows;
    private final float[] sum;

    PlainPackedMatrix(int depth, int columns) {
        this.columns = columns;
        this.rows = new float[depth][columns];
        this.sum = new float[columns];
    }

    @Override
    public int fastRows() {
        return FAST_ROWS;
    }

    @Override
    public void use(float[] b, int first, int count) {
        for (int k = first; k < first + count; k++) {
            System.arraycopy(b, k * columns, rows[k], 0, columns);
        }
    }

    @Override
    public void useTransposed(float[] transposed) {
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < rows.length; k++) {
                rows[k][j] = transposed[j * rows.length + k];
            }
        }
    }

    @Override
    public void multiply(float[] a, int aFrom, int count, float[] c) {
        for (int i = 0; i < count; i++) {
            multiplyRow(a, aFrom + i * rows.length);
            System.arraycopy(sum, 0, c, i * columns, columns);
        }
    }

    private void multiplyRow(float[] a, int from) {
        Arrays.fill(sum, 0);
        int k = 0;
        for (; k + 4 <= rows.length; k += 4) {
            int at = from + k;
            PlainRows.addFour(
                    sum, rows[k], rows[k + 1], rows[k + 2], rows[k + 3], a[at], a[at + 1], a[at + 2], a[at + 3]);
        }
        for (; k < rows.length; k++) {
            PlainRows.add(sum, rows[k], a[from + k]);
        }
    }

    @Override
    public void lowerGram(float[] transposed, float[] c) {
        multiply(transposed, 0, columns, c);
    }

    @Override
    public void close() {
        // all is on the heap
    }
}
