package org.silhouettes.linalg;

/** Scales vectors to unit Euclidean norm, with the same bits on every CPU. */
public final class UnitNorm {

    private UnitNorm() {}

    /** Scales {@code length} values from {@code from} on; a vector of zero norm is left as it is. */
    public static void scale(float[] x, int from, int length) {
        double squares = squares(x, from, from + length);
        if (squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = from; i < from + length; i++) {
                x[i] *= scale;
            }
        }
    }

    /** Σ x_i² in four lanes: the additions of a lane do not wait for those of another. */
    private static double squares(float[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 4 <= to; i += 4) {
            s0 += (double) x[i] * x[i];
            s1 += (double) x[i + 1] * x[i + 1];
            s2 += (double) x[i + 2] * x[i + 2];
            s3 += (double) x[i + 3] * x[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) x[i] * x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
