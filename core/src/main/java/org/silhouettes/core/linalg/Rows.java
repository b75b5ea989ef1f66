package org.silhouettes.core.linalg;

import java.util.Arrays;

/**
 * Sums of few rows of a matrix, in plain Java: the products of this method's sparse codes, where a BLAS would mostly
 * multiply zeros. Rows are arrays of their own, because HotSpot (17) turns {@code a[i] += w * b[i]} into vector
 * instructions but not {@code a[from + i]}: 15 ns instead of 110 for one row of 320 values. Six rows at a
 * time: with eight the loop is too large for HotSpot to unroll, and is left to single instructions (67 ns a row).
 */
public final class Rows {

    private Rows() {}

    /** A list of rows with weights, to be summed; room for any number of rows of one matrix. */
    public static final class Sum {
        private final int[] index;
        private final float[] weight;
        private int count;

        /** @param rows the largest number of rows */
        public Sum(int rows) {
            this.index = new int[rows + 1];
            this.weight = new float[rows + 1];
        }

        public void clear() {
            count = 0;
        }

        /** Adds weights[i] · row i for i in from … to − 1; weights of zero add nothing. */
        public void add(float[] weights, int from, int to) {
            int n = count;
            for (int i = from; i < to; i++) {
                float w = weights[i];
                index[n] = i;
                weight[n] = w;
                // no branch: half the weights are zeros, in no order
                n += w != 0 ? 1 : 0;
            }
            count = n;
        }

        /** out ← Σ weight · row, added in the order of the list. */
        public void into(float[][] rows, float[] out) {
            int[] k = index;
            float[] w = weight;
            int i = 0;
            Arrays.fill(out, 0);
            for (; i + 6 <= count; i += 6) {
                addSix(
                        out,
                        rows[k[i]],
                        rows[k[i + 1]],
                        rows[k[i + 2]],
                        rows[k[i + 3]],
                        rows[k[i + 4]],
                        rows[k[i + 5]],
                        w[i],
                        w[i + 1],
                        w[i + 2],
                        w[i + 3],
                        w[i + 4],
                        w[i + 5]);
            }
            if (i + 3 <= count) {
                addThree(out, rows[k[i]], rows[k[i + 1]], rows[k[i + 2]], w[i], w[i + 1], w[i + 2]);
                i += 3;
            }
            for (; i < count; i++) {
                addScaled(out, rows[k[i]], w[i]);
            }
        }
    }

    /** out ← out + w · a. */
    public static void addScaled(float[] out, float[] a, float w) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(w, a[j], out[j]);
        }
    }

    private static void addThree(float[] out, float[] a, float[] b, float[] c, float wa, float wb, float wc) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(wc, c[j], Math.fma(wb, b[j], Math.fma(wa, a[j], out[j])));
        }
    }

    private static void addSix(
            float[] out,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float wa,
            float wb,
            float wc,
            float wd,
            float we,
            float wf) {
        for (int j = 0; j < out.length; j++) {
            float abc = Math.fma(wc, c[j], Math.fma(wb, b[j], Math.fma(wa, a[j], out[j])));
            out[j] = Math.fma(wf, f[j], Math.fma(we, e[j], Math.fma(wd, d[j], abc)));
        }
    }
}
