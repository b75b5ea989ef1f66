package org.silhouettes.linalg;

import java.util.Arrays;

/** In plain Java: copies of the y are added up by {@link PlainRows}. */
final class PlainOuterProducts implements OuterProducts {

    private final int xLength;
    private final int yLength;
    private final float[] sum;
    private float[][] rows = new float[0][];

    PlainOuterProducts(int xLength, int yLength) {
        this.xLength = xLength;
        this.yLength = yLength;
        this.sum = new float[yLength];
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
        int count = to - from;
        if (rows.length < count) {
            rows = new float[count][yLength];
        }
        for (int p = 0; p < count; p++) {
            System.arraycopy(y, yAt[from + p], rows[p], 0, yLength);
        }
        for (int i = 0; i < xLength; i++) {
            Arrays.fill(sum, 0);
            for (int p = 0; p < count; p++) {
                PlainRows.add(sum, rows[p], x[xAt[from + p] + i]);
            }
            int at = cFrom + i * cStride;
            for (int j = 0; j < yLength; j++) {
                c[at + j] = Math.fma(sum[j], weight, c[at + j]);
            }
        }
    }

    @Override
    public void close() {
        // all is on the heap
    }
}
