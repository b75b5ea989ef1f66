package org.silhouettes.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of two rows and of one, [2, COLUMNS] and [1, COLUMNS], for what {@link GemmMicroKernel}s of full height leave over. */
final class ThinMicroKernel {

    private static final VectorSpecies<Float> SPECIES = GemmMicroKernel.SPECIES;
    private static final int LANES = GemmMicroKernel.LANES;
    private static final int COLUMNS = GemmMicroKernel.COLUMNS;

    private ThinMicroKernel() {}

    /** C ← A·B, or C + A·B, of two rows; see {@link GemmMicroKernel#multiply}. */
    static void multiplyTwo(
            float[] a,
            int aFrom,
            int aStride,
            float[] b,
            int bFrom,
            int depth,
            float[] c,
            int cFrom,
            int cStride,
            boolean add) {
        FloatVector l0 = FloatVector.zero(SPECIES);
        FloatVector r0 = FloatVector.zero(SPECIES);
        FloatVector l1 = FloatVector.zero(SPECIES);
        FloatVector r1 = FloatVector.zero(SPECIES);
        if (add) {
            l0 = FloatVector.fromArray(SPECIES, c, cFrom);
            r0 = FloatVector.fromArray(SPECIES, c, cFrom + LANES);
            l1 = FloatVector.fromArray(SPECIES, c, cFrom + cStride);
            r1 = FloatVector.fromArray(SPECIES, c, cFrom + cStride + LANES);
        }
        int a0 = aFrom;
        int a1 = a0 + aStride;
        for (int k = 0, at = bFrom; k < depth; k++, at += COLUMNS) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, at);
            FloatVector right = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector w = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = left.fma(w, l0);
            r0 = right.fma(w, r0);
            w = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = left.fma(w, l1);
            r1 = right.fma(w, r1);
        }
        l0.intoArray(c, cFrom);
        r0.intoArray(c, cFrom + LANES);
        l1.intoArray(c, cFrom + cStride);
        r1.intoArray(c, cFrom + cStride + LANES);
    }

    /** The same of one row. */
    static void multiplyRow(float[] a, int aFrom, float[] b, int bFrom, int depth, float[] c, int cFrom, boolean add) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector left = add ? FloatVector.fromArray(SPECIES, c, cFrom) : zero;
        FloatVector right = add ? FloatVector.fromArray(SPECIES, c, cFrom + LANES) : zero;
        for (int k = 0, at = bFrom; k < depth; k++, at += COLUMNS) {
            FloatVector w = FloatVector.broadcast(SPECIES, a[aFrom + k]);
            left = FloatVector.fromArray(SPECIES, b, at).fma(w, left);
            right = FloatVector.fromArray(SPECIES, b, at + LANES).fma(w, right);
        }
        left.intoArray(c, cFrom);
        right.intoArray(c, cFrom + LANES);
    }

    /** C ← C + weight · Σ x ⊗ y of two rows; see {@link GemmMicroKernel#addOuter}. */
    static void addOuterTwo(
            float[] x,
            int[] xAt,
            int xFrom,
            float[] y,
            int[] yAt,
            int yFrom,
            int from,
            int to,
            float weight,
            float[] c,
            int cFrom,
            int cStride) {
        FloatVector l0 = FloatVector.zero(SPECIES);
        FloatVector r0 = FloatVector.zero(SPECIES);
        FloatVector l1 = FloatVector.zero(SPECIES);
        FloatVector r1 = FloatVector.zero(SPECIES);
        for (int pair = from; pair < to; pair++) {
            int i = xAt[pair] + xFrom;
            int at = yAt[pair] + yFrom;
            FloatVector left = FloatVector.fromArray(SPECIES, y, at);
            FloatVector right = FloatVector.fromArray(SPECIES, y, at + LANES);
            FloatVector w = FloatVector.broadcast(SPECIES, x[i]);
            l0 = left.fma(w, l0);
            r0 = right.fma(w, r0);
            w = FloatVector.broadcast(SPECIES, x[i + 1]);
            l1 = left.fma(w, l1);
            r1 = right.fma(w, r1);
        }
        FloatVector by = FloatVector.broadcast(SPECIES, weight);
        l0.fma(by, FloatVector.fromArray(SPECIES, c, cFrom)).intoArray(c, cFrom);
        r0.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + LANES)).intoArray(c, cFrom + LANES);
        l1.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + cStride)).intoArray(c, cFrom + cStride);
        r1.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + cStride + LANES)).intoArray(c, cFrom + cStride + LANES);
    }

    /** The same of one row. */
    static void addOuterRow(
            float[] x,
            int[] xAt,
            int xFrom,
            float[] y,
            int[] yAt,
            int yFrom,
            int from,
            int to,
            float weight,
            float[] c,
            int cFrom) {
        FloatVector l0 = FloatVector.zero(SPECIES);
        FloatVector r0 = FloatVector.zero(SPECIES);
        for (int pair = from; pair < to; pair++) {
            int i = xAt[pair] + xFrom;
            int at = yAt[pair] + yFrom;
            FloatVector left = FloatVector.fromArray(SPECIES, y, at);
            FloatVector right = FloatVector.fromArray(SPECIES, y, at + LANES);
            FloatVector w = FloatVector.broadcast(SPECIES, x[i]);
            l0 = left.fma(w, l0);
            r0 = right.fma(w, r0);
        }
        FloatVector by = FloatVector.broadcast(SPECIES, weight);
        l0.fma(by, FloatVector.fromArray(SPECIES, c, cFrom)).intoArray(c, cFrom);
        r0.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + LANES)).intoArray(c, cFrom + LANES);
    }
}
