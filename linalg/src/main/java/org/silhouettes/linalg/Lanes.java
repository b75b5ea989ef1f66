package org.silhouettes.linalg;

/**
 * Sums over a stretch of an array in plain Java, in the order that {@link Kernels} prescribes: 16 lanes, their tree, and the
 * remainder.
 */
final class Lanes {

    /** Partial sums that the values are dealt to in turn. */
    static final int COUNT = 16;

    private Lanes() {}

    /** How many of {@code length} values go into the lanes; the remainder has a sum of its own. */
    static int full(int length) {
        return length & -COUNT;
    }

    /** Adds the lanes pairwise, those 8 apart first, then 4, 2 and 1; writes over them. */
    static float tree(float[] lanes) {
        for (int distance = COUNT / 2; distance > 0; distance /= 2) {
            for (int i = 0; i < distance; i++) {
                lanes[i] += lanes[i + distance];
            }
        }
        return lanes[0];
    }

    /** Σ x_i² of {@code length} values. */
    static float squares(float[] x, int from, int length) {
        return dot(x, from, x, from, length);
    }

    /** Σ max(x_i, 0)². */
    static float rectifiedSquares(float[] x, int from, int length) {
        float[] lanes = new float[COUNT];
        int full = full(length);
        for (int i = 0; i < full; i += COUNT) {
            for (int lane = 0; lane < COUNT; lane++) {
                float value = Math.max(x[from + i + lane], 0);
                lanes[lane] = Math.fma(value, value, lanes[lane]);
            }
        }
        return tree(lanes) + rectifiedSquaresOfRest(x, from + full, from + length);
    }

    static float rectifiedSquaresOfRest(float[] x, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            float value = Math.max(x[i], 0);
            sum = Math.fma(value, value, sum);
        }
        return sum;
    }

    /** Σ (x_i − y_i)². */
    static float squaredDistance(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float[] lanes = new float[COUNT];
        int full = full(length);
        for (int i = 0; i < full; i += COUNT) {
            for (int lane = 0; lane < COUNT; lane++) {
                float difference = x[xFrom + i + lane] - y[yFrom + i + lane];
                lanes[lane] = Math.fma(difference, difference, lanes[lane]);
            }
        }
        return tree(lanes) + squaredDistanceOfRest(x, xFrom + full, y, yFrom + full, length - full);
    }

    static float squaredDistanceOfRest(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float sum = 0;
        for (int i = 0; i < length; i++) {
            float difference = x[xFrom + i] - y[yFrom + i];
            sum = Math.fma(difference, difference, sum);
        }
        return sum;
    }

    /** Σ x_i · max(y_i, floor). */
    static float rectifiedDot(float[] x, int xFrom, float[] y, int yFrom, float floor, int length) {
        float[] lanes = new float[COUNT];
        int full = full(length);
        for (int i = 0; i < full; i += COUNT) {
            for (int lane = 0; lane < COUNT; lane++) {
                float value = Math.max(y[yFrom + i + lane], floor);
                lanes[lane] = Math.fma(x[xFrom + i + lane], value, lanes[lane]);
            }
        }
        return tree(lanes) + rectifiedDotOfRest(x, xFrom + full, y, yFrom + full, floor, length - full);
    }

    static float rectifiedDotOfRest(float[] x, int xFrom, float[] y, int yFrom, float floor, int length) {
        float sum = 0;
        for (int i = 0; i < length; i++) {
            sum = Math.fma(x[xFrom + i], Math.max(y[yFrom + i], floor), sum);
        }
        return sum;
    }

    /** Σ x_i y_i; the lanes are variables, because HotSpot keeps no array in registers. */
    static float dot(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        float s8 = 0;
        float s9 = 0;
        float s10 = 0;
        float s11 = 0;
        float s12 = 0;
        float s13 = 0;
        float s14 = 0;
        float s15 = 0;
        int full = full(length);
        for (int i = 0, p = xFrom, q = yFrom; i < full; i += COUNT, p += COUNT, q += COUNT) {
            s0 = Math.fma(x[p], y[q], s0);
            s1 = Math.fma(x[p + 1], y[q + 1], s1);
            s2 = Math.fma(x[p + 2], y[q + 2], s2);
            s3 = Math.fma(x[p + 3], y[q + 3], s3);
            s4 = Math.fma(x[p + 4], y[q + 4], s4);
            s5 = Math.fma(x[p + 5], y[q + 5], s5);
            s6 = Math.fma(x[p + 6], y[q + 6], s6);
            s7 = Math.fma(x[p + 7], y[q + 7], s7);
            s8 = Math.fma(x[p + 8], y[q + 8], s8);
            s9 = Math.fma(x[p + 9], y[q + 9], s9);
            s10 = Math.fma(x[p + 10], y[q + 10], s10);
            s11 = Math.fma(x[p + 11], y[q + 11], s11);
            s12 = Math.fma(x[p + 12], y[q + 12], s12);
            s13 = Math.fma(x[p + 13], y[q + 13], s13);
            s14 = Math.fma(x[p + 14], y[q + 14], s14);
            s15 = Math.fma(x[p + 15], y[q + 15], s15);
        }
        float even = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
        float odd = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
        return (even + odd) + dotOfRest(x, xFrom + full, y, yFrom + full, length - full);
    }

    static float dotOfRest(float[] x, int xFrom, float[] y, int yFrom, int length) {
        float sum = 0;
        for (int i = 0; i < length; i++) {
            sum = Math.fma(x[xFrom + i], y[yFrom + i], sum);
        }
        return sum;
    }
}
