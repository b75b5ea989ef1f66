package org.silhouettes.core.learner;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an update remembers of one model between mini-batches: a step count and named arrays (Adam's moments, the
 * alternating update's sufficient statistics, the power iteration's vector). Plain arrays, so that any update can be
 * persisted the same way.
 */
public final class OptimiserState {

    private long steps;
    private final SortedMap<String, float[]> arrays = new TreeMap<>();

    /** Updates made so far. */
    public long steps() {
        return steps;
    }

    public void steps(long value) {
        this.steps = value;
    }

    /** The array of that name, made of zeros where there is none of that length yet. */
    public float[] array(String name, int length) {
        float[] array = arrays.get(name);
        if (array == null || array.length != length) {
            array = new float[length];
            arrays.put(name, array);
        }
        return array;
    }

    /** Sets the array of that name, kept, not copied: for restoring. */
    public void put(String name, float[] array) {
        arrays.put(name, array);
    }

    /** All arrays by name, in the order of their names. */
    public SortedMap<String, float[]> arrays() {
        return Collections.unmodifiableSortedMap(arrays);
    }

    /** An independent copy. */
    public OptimiserState copy() {
        OptimiserState copy = new OptimiserState();
        copy.steps = steps;
        arrays.forEach((name, array) -> copy.arrays.put(name, array.clone()));
        return copy;
    }
}
