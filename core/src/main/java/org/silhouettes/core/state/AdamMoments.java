package org.silhouettes.core.state;

import java.util.Arrays;

/** Adam's two moments of a dictionary's atoms, each [atoms, values]. They are empty until the first step. */
public final class AdamMoments {

    private float[] first;
    private float[] second;

    public AdamMoments() {
        this(new float[0], new float[0]);
    }

    /** Restores moments; keeps the arrays. */
    public AdamMoments(float[] first, float[] second) {
        this.first = first;
        this.second = second;
    }

    /** Makes both arrays zeros where they do not have this size, atoms · values. */
    public void ensure(int size) {
        first = Sized.floats(first, size);
        second = Sized.floats(second, size);
    }

    /** First moments, live. */
    public float[] first() {
        return first;
    }

    /** Second moments, live. */
    public float[] second() {
        return second;
    }

    void resetAtom(int atom, int values) {
        Sized.clearRow(first, atom, values);
        Sized.clearRow(second, atom, values);
    }

    void grow(int atoms, int values) {
        first = first.length == 0 ? first : Arrays.copyOf(first, atoms * values);
        second = second.length == 0 ? second : Arrays.copyOf(second, atoms * values);
    }

    AdamMoments copy() {
        return new AdamMoments(first.clone(), second.clone());
    }
}
