package org.silhouettes.core.state;

import java.util.Arrays;

/** Arrays of the state that get their length from the dictionary. */
final class Sized {

    private Sized() {}

    /** The array, or zeros of this length where it has another. */
    static float[] floats(float[] array, int length) {
        return array.length == length ? array : new float[length];
    }

    /** Sets row k of [rows, length] to zero; does nothing where there is no such row. */
    static void clearRow(float[] rows, int k, int length) {
        if (rows.length >= (k + 1) * length) {
            Arrays.fill(rows, k * length, (k + 1) * length, 0);
        }
    }
}
