package org.silhouettes.core.update;

import org.silhouettes.linalg.Kernels;

/** Whether numbers may come near a dictionary: finite, and so small that their squares add up to something finite. */
public final class Finite {

    private Finite() {}

    public static boolean all(float[] values) {
        return all(values, values.length);
    }

    /** Whether that holds for values whose norm is at most this. */
    static boolean ofNorm(double norm) {
        return Float.isFinite((float) (norm * norm));
    }

    /** Whether that holds for the first {@code length} values. */
    public static boolean all(float[] values, int length) {
        return Float.isFinite(Kernels.best().squares(values, 0, length));
    }
}
