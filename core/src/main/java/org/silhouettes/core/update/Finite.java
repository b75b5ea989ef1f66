package org.silhouettes.core.update;

import org.silhouettes.linalg.Kernels;

/** Checks that values are finite, and so is the sum of their squares. */
public final class Finite {

    private Finite() {}

    public static boolean all(float[] values) {
        return all(values, values.length);
    }

    /** Checks values with this norm or a lower one. */
    static boolean ofNorm(double norm) {
        return Float.isFinite((float) (norm * norm));
    }

    /** Checks the first {@code length} values. */
    public static boolean all(float[] values, int length) {
        return Float.isFinite(Kernels.best().squares(values, 0, length));
    }
}
