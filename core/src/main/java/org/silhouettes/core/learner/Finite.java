package org.silhouettes.core.learner;

/** Whether numbers are numbers. */
final class Finite {

    private Finite() {}

    static boolean all(float[] values) {
        return all(values, values.length);
    }

    /** Whether the first {@code length} values are finite. */
    static boolean all(float[] values, int length) {
        float sum = 0;
        for (int i = 0; i < length; i++) {
            // 0 · x is 0 for every finite x and NaN for all others
            sum += 0 * values[i];
        }
        return sum == 0;
    }
}
