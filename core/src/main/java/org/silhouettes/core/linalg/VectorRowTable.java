package org.silhouettes.core.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows in one array, block of columns by block of columns, so that what is read of a block lies together. Eight vectors of
 * columns stay in registers while the listed rows stream by, or four, two, one; what is left of a block is done with a vector
 * that overlaps the one before, which gives the same sums once more.
 */
final class VectorRowTable implements RowTable {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private final int rows;
    private final int columns;
    private final int block;
    /** Columns where the vectors to be summed start, and where these are in row 0. */
    private final int[] at;

    private final int[] stored;
    private float[] values = new float[0];
    private int first;

    VectorRowTable(int rows, int columns, int block) {
        this.rows = rows;
        this.columns = columns;
        this.block = block;
        this.at = new int[columns];
        this.stored = new int[columns];
    }

    @Override
    public void use(float[] next) {
        if (block == columns) {
            values = next;
            return;
        }
        allocate();
        for (int i = 0; i < rows; i++) {
            for (int from = 0; from < columns; from += block) {
                System.arraycopy(next, i * columns + from, values, first + from * rows + i * block, block);
            }
        }
    }

    private void allocate() {
        if (first == 0) {
            first = AlignedArray.FIRST;
            values = AlignedArray.of(Math.multiplyExact(rows, columns));
        }
    }

    @Override
    public void useSymmetric(float[] lower) {
        allocate();
        for (int i = 0; i < rows; i++) {
            int source = i * columns;
            for (int from = 0; from <= i; from += block) {
                int length = Math.min(block, i + 1 - from);
                System.arraycopy(lower, source + from, values, first + from * rows + i * block, length);
            }
            // the same values down column i
            int column = first + i / block * block * rows + i % block;
            for (int j = 0; j < i; j++) {
                values[column + j * block] = lower[source + j];
            }
        }
    }

    @Override
    public void sum(WeightedRows list, float sign, float[] start, int startFrom, float[] out, int outFrom) {
        int n = 0;
        for (int from = 0; from < columns; from += block) {
            if (block < LANES) {
                singles(list, sign, from, start, startFrom, out, outFrom);
            } else {
                n = vectors(from, n);
            }
        }
        listed(list, sign, n, start, startFrom, out, outFrom);
    }

    @Override
    public void sumBlocks(
            WeightedRows list,
            float sign,
            int[] blocks,
            int count,
            float[] start,
            int startFrom,
            float[] out,
            int outFrom) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (block < LANES) {
                singles(list, sign, blocks[i] * block, start, startFrom, out, outFrom);
            } else {
                n = vectors(blocks[i] * block, n);
            }
        }
        listed(list, sign, n, start, startFrom, out, outFrom);
    }

    /** Lists where vectors start that cover a block; gives how many there are then. */
    private int vectors(int from, int listed) {
        int n = listed;
        int shift = first + from * (rows - 1);
        for (int j = from; j + LANES <= from + block; j += LANES) {
            at[n] = j;
            stored[n++] = shift + j;
        }
        if (block % LANES != 0) {
            at[n] = from + block - LANES;
            stored[n++] = shift + from + block - LANES;
        }
        return n;
    }

    private void listed(WeightedRows list, float sign, int n, float[] start, int startFrom, float[] out, int outFrom) {
        int i = 0;
        for (; i + 8 <= n; i += 8) {
            eight(list, sign, i, start, startFrom, out, outFrom);
        }
        if (i + 4 <= n) {
            four(list, sign, i, start, startFrom, out, outFrom);
            i += 4;
        }
        if (i + 2 <= n) {
            two(list, sign, i, start, startFrom, out, outFrom);
            i += 2;
        }
        if (i < n) {
            one(list, sign, i, start, startFrom, out, outFrom);
        }
    }

    private void singles(
            WeightedRows list, float sign, int from, float[] start, int startFrom, float[] out, int outFrom) {
        for (int j = from; j < from + block; j++) {
            float a = start[startFrom + j];
            for (int i = 0; i < list.count; i++) {
                a = Math.fma(values[first + from * (rows - 1) + j + list.index[i] * block], sign * list.weight[i], a);
            }
            out[outFrom + j] = a;
        }
    }

    @Override
    public boolean multipliesBlocks() {
        return VectorTile.FITS && block == VectorTile.COLUMNS;
    }

    @Override
    public void addBlock(int h, int g, float[] x, int[] at, int count, float[] y) {
        int from = first + (g * rows + h * block) * block;
        for (int i = 0; i < count; i += VectorTile.LISTED) {
            VectorTile.addListed(x, h * block, at, i, count - 1, values, from, block, y, g * block);
        }
    }

    @Override
    public void blockSquares(float[] out) {
        int blocks = columns / block;
        for (int h = 0; h < blocks; h++) {
            for (int g = 0; g < blocks; g++) {
                int from = first + g * block * rows + h * block * block;
                out[h * blocks + g] = VectorKernels.sumOfSquares(values, from, block * block);
            }
        }
    }

    private void eight(WeightedRows list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
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
        for (int i = 0; i < list.count; i++) {
            int row = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, row + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, row + o1).fma(w, a1);
            a2 = FloatVector.fromArray(SPECIES, v, row + o2).fma(w, a2);
            a3 = FloatVector.fromArray(SPECIES, v, row + o3).fma(w, a3);
            a4 = FloatVector.fromArray(SPECIES, v, row + o4).fma(w, a4);
            a5 = FloatVector.fromArray(SPECIES, v, row + o5).fma(w, a5);
            a6 = FloatVector.fromArray(SPECIES, v, row + o6).fma(w, a6);
            a7 = FloatVector.fromArray(SPECIES, v, row + o7).fma(w, a7);
        }
        a0.intoArray(out, outFrom + c0);
        a1.intoArray(out, outFrom + c1);
        a2.intoArray(out, outFrom + c2);
        a3.intoArray(out, outFrom + c3);
        a4.intoArray(out, outFrom + c4);
        a5.intoArray(out, outFrom + c5);
        a6.intoArray(out, outFrom + c6);
        a7.intoArray(out, outFrom + c7);
    }

    /** Two rows at a time, each in sums of its own: four sums alone would wait for each addition. */
    private void four(WeightedRows list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
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
            int r0 = index[i] * block;
            int r1 = index[i + 1] * block;
            FloatVector w0 = FloatVector.broadcast(SPECIES, sign * weight[i]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, sign * weight[i + 1]);
            a0 = FloatVector.fromArray(SPECIES, v, r0 + o0).fma(w0, a0);
            a1 = FloatVector.fromArray(SPECIES, v, r0 + o1).fma(w0, a1);
            a2 = FloatVector.fromArray(SPECIES, v, r0 + o2).fma(w0, a2);
            a3 = FloatVector.fromArray(SPECIES, v, r0 + o3).fma(w0, a3);
            b0 = FloatVector.fromArray(SPECIES, v, r1 + o0).fma(w1, b0);
            b1 = FloatVector.fromArray(SPECIES, v, r1 + o1).fma(w1, b1);
            b2 = FloatVector.fromArray(SPECIES, v, r1 + o2).fma(w1, b2);
            b3 = FloatVector.fromArray(SPECIES, v, r1 + o3).fma(w1, b3);
        }
        for (; i < list.count; i++) {
            int row = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, row + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, row + o1).fma(w, a1);
            a2 = FloatVector.fromArray(SPECIES, v, row + o2).fma(w, a2);
            a3 = FloatVector.fromArray(SPECIES, v, row + o3).fma(w, a3);
        }
        a0.add(b0).intoArray(out, outFrom + c0);
        a1.add(b1).intoArray(out, outFrom + c1);
        a2.add(b2).intoArray(out, outFrom + c2);
        a3.add(b3).intoArray(out, outFrom + c3);
    }

    /** Four rows at a time. */
    private void two(WeightedRows list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
        float[] v = values;
        int[] index = list.index;
        float[] weight = list.weight;
        int at0 = at[k];
        int at1 = at[k + 1];
        int o0 = stored[k];
        int o1 = stored[k + 1];
        FloatVector a0 = FloatVector.fromArray(SPECIES, start, startFrom + at0);
        FloatVector a1 = FloatVector.fromArray(SPECIES, start, startFrom + at1);
        FloatVector b0 = FloatVector.zero(SPECIES);
        FloatVector b1 = FloatVector.zero(SPECIES);
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector d0 = FloatVector.zero(SPECIES);
        FloatVector d1 = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i + 4 <= list.count; i += 4) {
            int r0 = index[i] * block;
            int r1 = index[i + 1] * block;
            int r2 = index[i + 2] * block;
            int r3 = index[i + 3] * block;
            FloatVector w0 = FloatVector.broadcast(SPECIES, sign * weight[i]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, sign * weight[i + 1]);
            FloatVector w2 = FloatVector.broadcast(SPECIES, sign * weight[i + 2]);
            FloatVector w3 = FloatVector.broadcast(SPECIES, sign * weight[i + 3]);
            a0 = FloatVector.fromArray(SPECIES, v, r0 + o0).fma(w0, a0);
            a1 = FloatVector.fromArray(SPECIES, v, r0 + o1).fma(w0, a1);
            b0 = FloatVector.fromArray(SPECIES, v, r1 + o0).fma(w1, b0);
            b1 = FloatVector.fromArray(SPECIES, v, r1 + o1).fma(w1, b1);
            c0 = FloatVector.fromArray(SPECIES, v, r2 + o0).fma(w2, c0);
            c1 = FloatVector.fromArray(SPECIES, v, r2 + o1).fma(w2, c1);
            d0 = FloatVector.fromArray(SPECIES, v, r3 + o0).fma(w3, d0);
            d1 = FloatVector.fromArray(SPECIES, v, r3 + o1).fma(w3, d1);
        }
        for (; i < list.count; i++) {
            int row = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, row + o0).fma(w, a0);
            a1 = FloatVector.fromArray(SPECIES, v, row + o1).fma(w, a1);
        }
        a0.add(b0).add(c0.add(d0)).intoArray(out, outFrom + at0);
        a1.add(b1).add(c1.add(d1)).intoArray(out, outFrom + at1);
    }

    private void one(WeightedRows list, float sign, int k, float[] start, int startFrom, float[] out, int outFrom) {
        float[] v = values;
        int[] index = list.index;
        float[] weight = list.weight;
        int c0 = at[k];
        int o0 = stored[k];
        FloatVector a0 = FloatVector.fromArray(SPECIES, start, startFrom + c0);
        for (int i = 0; i < list.count; i++) {
            int row = index[i] * block;
            FloatVector w = FloatVector.broadcast(SPECIES, sign * weight[i]);
            a0 = FloatVector.fromArray(SPECIES, v, row + o0).fma(w, a0);
        }
        a0.intoArray(out, outFrom + c0);
    }
}
