package org.silhouettes.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of dense products: a tile of C, [{@link #ROWS}, {@link #COLUMNS}], stays in vector registers while the
 * depth streams by. Each of its values is a chain of fused multiply-adds in the order of the depth, so neither the size of a
 * tile nor the width of a vector has any influence on it.
 */
final class GemmMicroKernel {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    static final int ROWS = LANES == 16 ? 8 : 6;
    static final int COLUMNS = 2 * LANES;
    /** Rows that {@link #addListed} takes: few, because short lists leave more of a larger tile empty. */
    static final int LISTED = 4;

    private GemmMicroKernel() {}

    /**
     * C ← A·B, or C + A·B.
     *
     * @param a A, [ROWS, depth], rows {@code aStride} apart
     * @param b B, [depth, COLUMNS], rows following each other
     * @param c C, rows {@code cStride} apart
     */
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
        if (LANES == 16) {
            WideMicroKernel.multiply(a, aFrom, aStride, b, bFrom, depth, c, cFrom, cStride, add);
        } else {
            NarrowMicroKernel.multiply(a, aFrom, aStride, b, bFrom, depth, c, cFrom, cStride, add);
        }
    }

    /**
     * C ← C + A·B for up to {@link #LISTED} rows at arbitrary positions. A list that ends early repeats its last row, which
     * gives the same values again.
     *
     * @param at where rows start: of A, {@code aFrom} after that, and of C, {@code cFrom} after that
     * @param i the first row's place in the list
     * @param last the last place in the list
     * @param b COLUMNS columns of B, [{@link RowAccumulator#PRODUCT_BLOCK}, PRODUCT_BLOCK]
     */
    static void addListed(float[] a, int aFrom, int[] at, int i, int last, float[] b, int bFrom, float[] c, int cFrom) {
        int at0 = at[i];
        int at1 = at[Math.min(i + 1, last)];
        int at2 = at[Math.min(i + 2, last)];
        int at3 = at[Math.min(i + 3, last)];
        FloatVector l0 = FloatVector.fromArray(SPECIES, c, at0 + cFrom);
        FloatVector r0 = FloatVector.fromArray(SPECIES, c, at0 + cFrom + LANES);
        FloatVector l1 = FloatVector.fromArray(SPECIES, c, at1 + cFrom);
        FloatVector r1 = FloatVector.fromArray(SPECIES, c, at1 + cFrom + LANES);
        FloatVector l2 = FloatVector.fromArray(SPECIES, c, at2 + cFrom);
        FloatVector r2 = FloatVector.fromArray(SPECIES, c, at2 + cFrom + LANES);
        FloatVector l3 = FloatVector.fromArray(SPECIES, c, at3 + cFrom);
        FloatVector r3 = FloatVector.fromArray(SPECIES, c, at3 + cFrom + LANES);
        int a0 = at0 + aFrom;
        int a1 = at1 + aFrom;
        int a2 = at2 + aFrom;
        int a3 = at3 + aFrom;
        for (int k = 0, row = bFrom; k < RowAccumulator.PRODUCT_BLOCK; k++, row += RowAccumulator.PRODUCT_BLOCK) {
            FloatVector left = FloatVector.fromArray(SPECIES, b, row);
            FloatVector right = FloatVector.fromArray(SPECIES, b, row + LANES);
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
        }
        l0.intoArray(c, at0 + cFrom);
        r0.intoArray(c, at0 + cFrom + LANES);
        l1.intoArray(c, at1 + cFrom);
        r1.intoArray(c, at1 + cFrom + LANES);
        l2.intoArray(c, at2 + cFrom);
        r2.intoArray(c, at2 + cFrom + LANES);
        l3.intoArray(c, at3 + cFrom);
        r3.intoArray(c, at3 + cFrom + LANES);
    }

    /**
     * C ← C + weight · Σ of x ⊗ y over pairs {@code from} … {@code to} − 1 of listed rows.
     *
     * @param x of which ROWS values from {@code xAt[pair] + xFrom} on are taken
     * @param y of which COLUMNS values from {@code yAt[pair] + yFrom} on are taken
     */
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
        if (LANES == 16) {
            WideMicroKernel.addOuter(x, xAt, xFrom, y, yAt, yFrom, from, to, weight, c, cFrom, cStride);
        } else {
            NarrowMicroKernel.addOuter(x, xAt, xFrom, y, yAt, yFrom, from, to, weight, c, cFrom, cStride);
        }
    }
}
