package org.silhouettes.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sums of {@link VectorRowAccumulator}: up to eight vectors of columns stay in registers while the listed rows stream by. Every
 * vector has two sums, one of the rows at even places of the list and one of those at odd places, as {@link RowAccumulator#sum}
 * says.
 */
final class VectorRowSums {

    private static final VectorSpecies<Float> SPECIES = GemmMicroKernel.SPECIES;
    private static final int LANES = GemmMicroKernel.LANES;
    /** Eight vectors need 16 registers for their sums, which AVX2 has not left. */
    private static final boolean EIGHT = LANES == 16;

    private final int block;
    /** Columns where the vectors start. */
    private final int[] at;
    /** Where these are in row 0 of the values. */
    private final int[] stored;

    private float[] values = new float[0];
    private int count;

    VectorRowSums(int columns, int block) {
        this.block = block;
        this.at = new int[columns];
        this.stored = new int[columns];
    }

    /** Takes these values and no vectors yet. */
    void start(float[] next) {
        values = next;
        count = 0;
    }

    /** Adds the vectors that cover the block of columns from {@code column} on, whose row 0 starts at {@code place}. */
    void block(int column, int place) {
        int n = count;
        int j = 0;
        for (; j + LANES <= block; j += LANES) {
            at[n] = column + j;
            stored[n++] = place + j;
        }
        if (j < block) {
            at[n] = column + block - LANES;
            stored[n++] = place + block - LANES;
        }
        count = n;
    }

    /** Sums the listed rows in the columns of all vectors. */
    void sum(SparseVector list, float sign, float[] start, int startFrom, float[] out, int outFrom) {
        int i = 0;
        if (EIGHT) {
            for (; i + 8 <= count; i += 8) {
                eight(list, sign, i, start, startFrom, out, outFrom);
            }
        }
        for (; i + 4 <= count; i += 4) {
            four(list, sign, i, start, startFrom, out, outFrom);
        }
        if (i + 2 <= count) {
            two(list, sign, i, start, startFrom, out, outFrom);
            i += 2;
        }
        if (i < count) {
            one(list, sign, i, start, startFrom, out, outFrom);
        }
    }

    /** Eight vectors: from k on. */
    private void eight(SparseVector list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
        float[] v = values;
        int[] index = list.index;
        float[] weight = list.weight;
        int c0 = at[k];
        int c1 = at[k + 1];
        int c2 = at[k + 2];
        int c3 = at[k + 3];
        int c4 = at[k + 4];
        int c5 = at[k + 5];
        int c6 = at[k + 6];
        int c7 = at[k + 7];
        int o0 = stored[k];
        int o1 = stored[k + 1];
        int o2 = stored[k + 2];
        int o3 = stored[k + 3];
        int o4 = stored[k + 4];
        int o5 = stored[k + 5];
        int o6 = stored[k + 6];
        int o7 = stored[k + 7];
        FloatVector a0 = FloatVector.fromArray(SPECIES, start, startFrom + c0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, start, startFrom + c1);
        FloatVector a2 = FloatVector.fromArray(SPECIES, start, startFrom + c2);
        FloatVector a3 = FloatVector.fromArray(SPECIES, start, startFrom + c3);
        FloatVector a4 = FloatVector.fromArray(SPECIES, start, startFrom + c4);
        FloatVector a5 = FloatVector.fromArray(SPECIES, start, startFrom + c5);
        FloatVector a6 = FloatVector.fromArray(SPECIES, start, startFrom + c6);
        FloatVector a7 = FloatVector.fromArray(SPECIES, start, startFrom + c7);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        FloatVector b4 = FloatVector.zero(SPECIES);
        FloatVector b5 = FloatVector.zero(SPECIES);
        FloatVector b6 = FloatVector.zero(SPECIES);
        FloatVector b7 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 2 <= list.count; i += 2) {
            int even = index[i] * block;
            int odd = index[i + 1] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            FloatVector u = FloatVector.broadcast(SPECIES, sign * weight[i + 1]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, even + o1).fma(w, a1);
            a2 = FloatVector.fromArray(SPECIES, v, even + o2).fma(w, a2);
            a3 = FloatVector.fromArray(SPECIES, v, even + o3).fma(w, a3);
            a4 = FloatVector.fromArray(SPECIES, v, even + o4).fma(w, a4);
            a5 = FloatVector.fromArray(SPECIES, v, even + o5).fma(w, a5);
            a6 = FloatVector.fromArray(SPECIES, v, even + o6).fma(w, a6);
            a7 = FloatVector.fromArray(SPECIES, v, even + o7).fma(w, a7);
            b0 = FloatVector.fromArray(SPECIES, v, odd + o0).fma(u, b0);
            b1 = FloatVector.fromArray(SPECIES, v, odd + o1).fma(u, b1);
            b2 = FloatVector.fromArray(SPECIES, v, odd + o2).fma(u, b2);
            b3 = FloatVector.fromArray(SPECIES, v, odd + o3).fma(u, b3);
            b4 = FloatVector.fromArray(SPECIES, v, odd + o4).fma(u, b4);
            b5 = FloatVector.fromArray(SPECIES, v, odd + o5).fma(u, b5);
            b6 = FloatVector.fromArray(SPECIES, v, odd + o6).fma(u, b6);
            b7 = FloatVector.fromArray(SPECIES, v, odd + o7).fma(u, b7);
        }
        if (i < list.count) {
            int even = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, even + o1).fma(w, a1);
            a2 = FloatVector.fromArray(SPECIES, v, even + o2).fma(w, a2);
            a3 = FloatVector.fromArray(SPECIES, v, even + o3).fma(w, a3);
            a4 = FloatVector.fromArray(SPECIES, v, even + o4).fma(w, a4);
            a5 = FloatVector.fromArray(SPECIES, v, even + o5).fma(w, a5);
            a6 = FloatVector.fromArray(SPECIES, v, even + o6).fma(w, a6);
            a7 = FloatVector.fromArray(SPECIES, v, even + o7).fma(w, a7);
        }
        a0.add(b0).intoArray(out, outFrom + c0);
        a1.add(b1).intoArray(out, outFrom + c1);
        a2.add(b2).intoArray(out, outFrom + c2);
        a3.add(b3).intoArray(out, outFrom + c3);
        a4.add(b4).intoArray(out, outFrom + c4);
        a5.add(b5).intoArray(out, outFrom + c5);
        a6.add(b6).intoArray(out, outFrom + c6);
        a7.add(b7).intoArray(out, outFrom + c7);
    }

    /** Four vectors. */
    private void four(SparseVector list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
        float[] v = values;
        int[] index = list.index;
        float[] weight = list.weight;
        int c0 = at[k];
        int c1 = at[k + 1];
        int c2 = at[k + 2];
        int c3 = at[k + 3];
        int o0 = stored[k];
        int o1 = stored[k + 1];
        int o2 = stored[k + 2];
        int o3 = stored[k + 3];
        FloatVector a0 = FloatVector.fromArray(SPECIES, start, startFrom + c0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, start, startFrom + c1);
        FloatVector a2 = FloatVector.fromArray(SPECIES, start, startFrom + c2);
        FloatVector a3 = FloatVector.fromArray(SPECIES, start, startFrom + c3);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector b2 = FloatVector.zero(SPECIES);
        FloatVector b3 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 2 <= list.count; i += 2) {
            int even = index[i] * block;
            int odd = index[i + 1] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            FloatVector u = FloatVector.broadcast(SPECIES, sign * weight[i + 1]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, even + o1).fma(w, a1);
            a2 = FloatVector.fromArray(SPECIES, v, even + o2).fma(w, a2);
            a3 = FloatVector.fromArray(SPECIES, v, even + o3).fma(w, a3);
            b0 = FloatVector.fromArray(SPECIES, v, odd + o0).fma(u, b0);
            b1 = FloatVector.fromArray(SPECIES, v, odd + o1).fma(u, b1);
            b2 = FloatVector.fromArray(SPECIES, v, odd + o2).fma(u, b2);
            b3 = FloatVector.fromArray(SPECIES, v, odd + o3).fma(u, b3);
        }
        if (i < list.count) {
            int even = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, even + o1).fma(w, a1);
            a2 = FloatVector.fromArray(SPECIES, v, even + o2).fma(w, a2);
            a3 = FloatVector.fromArray(SPECIES, v, even + o3).fma(w, a3);
        }
        a0.add(b0).intoArray(out, outFrom + c0);
        a1.add(b1).intoArray(out, outFrom + c1);
        a2.add(b2).intoArray(out, outFrom + c2);
        a3.add(b3).intoArray(out, outFrom + c3);
    }

    /** Two vectors. */
    private void two(SparseVector list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
        float[] v = values;
        int[] index = list.index;
        float[] weight = list.weight;
        int c0 = at[k];
        int c1 = at[k + 1];
        int o0 = stored[k];
        int o1 = stored[k + 1];
        FloatVector a0 = FloatVector.fromArray(SPECIES, start, startFrom + c0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, start, startFrom + c1);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 2 <= list.count; i += 2) {
            int even = index[i] * block;
            int odd = index[i + 1] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            FloatVector u = FloatVector.broadcast(SPECIES, sign * weight[i + 1]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, even + o1).fma(w, a1);
            b0 = FloatVector.fromArray(SPECIES, v, odd + o0).fma(u, b0);
            b1 = FloatVector.fromArray(SPECIES, v, odd + o1).fma(u, b1);
        }
        if (i < list.count) {
            int even = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, even + o1).fma(w, a1);
        }
        a0.add(b0).intoArray(out, outFrom + c0);
        a1.add(b1).intoArray(out, outFrom + c1);
    }

    /** One vector. */
    private void one(SparseVector list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
        float[] v = values;
        int[] index = list.index;
        float[] weight = list.weight;
        int c0 = at[k];
        int o0 = stored[k];
        FloatVector a0 = FloatVector.fromArray(SPECIES, start, startFrom + c0);
        FloatVector b0 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 2 <= list.count; i += 2) {
            int even = index[i] * block;
            int odd = index[i + 1] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            FloatVector u = FloatVector.broadcast(SPECIES, sign * weight[i + 1]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
            b0 = FloatVector.fromArray(SPECIES, v, odd + o0).fma(u, b0);
        }
        if (i < list.count) {
            int even = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, even + o0).fma(w, a0);
        }
        a0.add(b0).intoArray(out, outFrom + c0);
    }
}
