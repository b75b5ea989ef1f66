package org.silhouettes.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Tiles of six rows, [6, COLUMNS], for {@link GemmMicroKernel}: 12 sums in the 16 registers of AVX2. */
final class NarrowMicroKernel {

    private static final VectorSpecies<Float> SPECIES = GemmMicroKernel.SPECIES;
    private static final int LANES = GemmMicroKernel.LANES;
    private static final int COLUMNS = GemmMicroKernel.COLUMNS;

    private NarrowMicroKernel() {}

    /** C ← A·B, or C + A·B; see {@link GemmMicroKernel#multiply}. */
    static void multiply(
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
        FloatVector l2 = FloatVector.zero(SPECIES);
        FloatVector r2 = FloatVector.zero(SPECIES);
        FloatVector l3 = FloatVector.zero(SPECIES);
        FloatVector r3 = FloatVector.zero(SPECIES);
        FloatVector l4 = FloatVector.zero(SPECIES);
        FloatVector r4 = FloatVector.zero(SPECIES);
        FloatVector l5 = FloatVector.zero(SPECIES);
        FloatVector r5 = FloatVector.zero(SPECIES);
        if (add) {
            l0 = FloatVector.fromArray(SPECIES, c, cFrom);
            r0 = FloatVector.fromArray(SPECIES, c, cFrom + LANES);
            l1 = FloatVector.fromArray(SPECIES, c, cFrom + cStride);
            r1 = FloatVector.fromArray(SPECIES, c, cFrom + cStride + LANES);
            l2 = FloatVector.fromArray(SPECIES, c, cFrom + 2 * cStride);
            r2 = FloatVector.fromArray(SPECIES, c, cFrom + 2 * cStride + LANES);
            l3 = FloatVector.fromArray(SPECIES, c, cFrom + 3 * cStride);
            r3 = FloatVector.fromArray(SPECIES, c, cFrom + 3 * cStride + LANES);
            l4 = FloatVector.fromArray(SPECIES, c, cFrom + 4 * cStride);
            r4 = FloatVector.fromArray(SPECIES, c, cFrom + 4 * cStride + LANES);
            l5 = FloatVector.fromArray(SPECIES, c, cFrom + 5 * cStride);
            r5 = FloatVector.fromArray(SPECIES, c, cFrom + 5 * cStride + LANES);
        }
        int a0 = aFrom;
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        for (int k = 0, at = bFrom; k < depth; k++, at += COLUMNS) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, at);
            FloatVector right = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector w = FloatVector.broadcast(SPECIES, a[a0 + k]);
            l0 = left.fma(w, l0);
            r0 = right.fma(w, r0);
            w = FloatVector.broadcast(SPECIES, a[a1 + k]);
            l1 = left.fma(w, l1);
            r1 = right.fma(w, r1);
            w = FloatVector.broadcast(SPECIES, a[a2 + k]);
            l2 = left.fma(w, l2);
            r2 = right.fma(w, r2);
            w = FloatVector.broadcast(SPECIES, a[a3 + k]);
            l3 = left.fma(w, l3);
            r3 = right.fma(w, r3);
            w = FloatVector.broadcast(SPECIES, a[a4 + k]);
            l4 = left.fma(w, l4);
            r4 = right.fma(w, r4);
            w = FloatVector.broadcast(SPECIES, a[a5 + k]);
            l5 = left.fma(w, l5);
            r5 = right.fma(w, r5);
        }
        l0.intoArray(c, cFrom);
        r0.intoArray(c, cFrom + LANES);
        l1.intoArray(c, cFrom + cStride);
        r1.intoArray(c, cFrom + cStride + LANES);
        l2.intoArray(c, cFrom + 2 * cStride);
        r2.intoArray(c, cFrom + 2 * cStride + LANES);
        l3.intoArray(c, cFrom + 3 * cStride);
        r3.intoArray(c, cFrom + 3 * cStride + LANES);
        l4.intoArray(c, cFrom + 4 * cStride);
        r4.intoArray(c, cFrom + 4 * cStride + LANES);
        l5.intoArray(c, cFrom + 5 * cStride);
        r5.intoArray(c, cFrom + 5 * cStride + LANES);
    }

    /** C ← C + weight · Σ x ⊗ y; see {@link GemmMicroKernel#addOuter}. */
    static void addOuter(
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
        FloatVector l2 = FloatVector.zero(SPECIES);
        FloatVector r2 = FloatVector.zero(SPECIES);
        FloatVector l3 = FloatVector.zero(SPECIES);
        FloatVector r3 = FloatVector.zero(SPECIES);
        FloatVector l4 = FloatVector.zero(SPECIES);
        FloatVector r4 = FloatVector.zero(SPECIES);
        FloatVector l5 = FloatVector.zero(SPECIES);
        FloatVector r5 = FloatVector.zero(SPECIES);
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
            w = FloatVector.broadcast(SPECIES, x[i + 2]);
            l2 = left.fma(w, l2);
            r2 = right.fma(w, r2);
            w = FloatVector.broadcast(SPECIES, x[i + 3]);
            l3 = left.fma(w, l3);
            r3 = right.fma(w, r3);
            w = FloatVector.broadcast(SPECIES, x[i + 4]);
            l4 = left.fma(w, l4);
            r4 = right.fma(w, r4);
            w = FloatVector.broadcast(SPECIES, x[i + 5]);
            l5 = left.fma(w, l5);
            r5 = right.fma(w, r5);
        }
        FloatVector by = FloatVector.broadcast(SPECIES, weight);
        l0.fma(by, FloatVector.fromArray(SPECIES, c, cFrom)).intoArray(c, cFrom);
        r0.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + LANES)).intoArray(c, cFrom + LANES);
        l1.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + cStride)).intoArray(c, cFrom + cStride);
        r1.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + cStride + LANES)).intoArray(c, cFrom + cStride + LANES);
        l2.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 2 * cStride)).intoArray(c, cFrom + 2 * cStride);
        r2.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 2 * cStride + LANES))
                .intoArray(c, cFrom + 2 * cStride + LANES);
        l3.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 3 * cStride)).intoArray(c, cFrom + 3 * cStride);
        r3.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 3 * cStride + LANES))
                .intoArray(c, cFrom + 3 * cStride + LANES);
        l4.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 4 * cStride)).intoArray(c, cFrom + 4 * cStride);
        r4.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 4 * cStride + LANES))
                .intoArray(c, cFrom + 4 * cStride + LANES);
        l5.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 5 * cStride)).intoArray(c, cFrom + 5 * cStride);
        r5.fma(by, FloatVector.fromArray(SPECIES, c, cFrom + 5 * cStride + LANES))
                .intoArray(c, cFrom + 5 * cStride + LANES);
    }
}
