package org.silhouettes.core.linalg;

/**
 * Sums over a stretch of an array in eight lanes: the order of additions is fixed, and the processor need not wait for
 * each before the next.
 */
public final class Lanes {

    private Lanes() {}

    /** Σ x_i² for i in from … to − 1. */
    public static float squares(float[] x, int from, int to) {
        return dot(x, from, x, from, to - from);
    }

    /** Σ max(x_i, 0)² for i in from … to − 1. */
    public static float rectifiedSquares(float[] x, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            float a = Math.max(x[i], 0);
            float b = Math.max(x[i + 1], 0);
            float c = Math.max(x[i + 2], 0);
            float d = Math.max(x[i + 3], 0);
            s0 = Math.fma(a, a, s0);
            s1 = Math.fma(b, b, s1);
            s2 = Math.fma(c, c, s2);
            s3 = Math.fma(d, d, s3);
        }
        for (; i < to; i++) {
            float a = Math.max(x[i], 0);
            s0 = Math.fma(a, a, s0);
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Σ x_{i+xFrom} y_{i+yFrom} for i in 0 … length − 1. */
    public static float dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int p = xFrom;
        int q = yFrom;
        int end = xFrom + length;
        for (; p + 8 <= end; p += 8, q += 8) {
            s0 = Math.fma(x[p], y[q], s0);
            s1 = Math.fma(x[p + 1], y[q + 1], s1);
            s2 = Math.fma(x[p + 2], y[q + 2], s2);
            s3 = Math.fma(x[p + 3], y[q + 3], s3);
            s4 = Math.fma(x[p + 4], y[q + 4], s4);
            s5 = Math.fma(x[p + 5], y[q + 5], s5);
            s6 = Math.fma(x[p + 6], y[q + 6], s6);
            s7 = Math.fma(x[p + 7], y[q + 7], s7);
        }
        for (; p < end; p++, q++) {
            s0 = Math.fma(x[p], y[q], s0);
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }
}
