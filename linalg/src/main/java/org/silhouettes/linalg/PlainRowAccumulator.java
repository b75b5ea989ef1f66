package org.silhouettes.linalg;

import java.util.Arrays;

/** In plain Java, by {@link PlainRows}. */
final class PlainRowAccumulator implements RowAccumulator {

    private static final int TILE = 32;

    private final float[][] rows;
    private final int block;
    /** Sums of the rows at even and at odd places of a list. */
    private final float[] even;

    private final float[] odd;

    PlainRowAccumulator(int rows, int columns, int block) {
        this.rows = new float[rows][columns];
        this.block = block;
        this.even = new float[columns];
        this.odd = new float[columns];
    }

    @Override
    public void use(float[] values) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * even.length, rows[i], 0, even.length);
        }
    }

    @Override
    public void useSymmetric(float[] lower) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(lower, i * even.length, rows[i], 0, i + 1);
        }
        // tile by tile, so that both triangles stay in the cache
        for (int top = 0; top < rows.length; top += TILE) {
            for (int left = 0; left <= top; left += TILE) {
                for (int i = top; i < Math.min(top + TILE, rows.length); i++) {
                    for (int j = left; j < Math.min(left + TILE, i); j++) {
                        rows[j][i] = rows[i][j];
                    }
                }
            }
        }
    }

    @Override
    public void sum(SparseVector list, float sign, float[] start, int startFrom, float[] out, int outFrom) {
        System.arraycopy(start, startFrom, even, 0, even.length);
        all(list, sign);
        put(0, even.length, out, outFrom);
    }

    @Override
    public void sumBlocks(
            SparseVector list,
            float sign,
            int[] blocks,
            int count,
            float[] start,
            int startFrom,
            float[] out,
            int outFrom) {
        // all columns, in vector instructions, take less time than some in single ones
        Arrays.fill(even, 0);
        for (int i = 0; i < count; i++) {
            int from = blocks[i] * block;
            System.arraycopy(start, startFrom + from, even, from, block);
        }
        all(list, sign);
        for (int i = 0; i < count; i++) {
            put(blocks[i] * block, block, out, outFrom);
        }
    }

    private void put(int from, int length, float[] out, int outFrom) {
        for (int j = from; j < from + length; j++) {
            out[outFrom + j] = even[j] + odd[j];
        }
    }

    private void all(SparseVector list, float sign) {
        Arrays.fill(odd, 0);
        int[] k = list.index;
        float[] w = list.weight;
        int i = 0;
        for (; i + 8 <= list.count; i += 8) {
            four(even, k, w, i, sign);
            four(odd, k, w, i + 1, sign);
        }
        for (; i < list.count; i++) {
            PlainRows.add(i % 2 == 0 ? even : odd, rows[k[i]], sign * w[i]);
        }
    }

    /** Adds every second of eight rows. */
    private void four(float[] sum, int[] k, float[] w, int i, float sign) {
        PlainRows.addFour(
                sum,
                rows[k[i]],
                rows[k[i + 2]],
                rows[k[i + 4]],
                rows[k[i + 6]],
                sign * w[i],
                sign * w[i + 2],
                sign * w[i + 4],
                sign * w[i + 6]);
    }

    @Override
    public void addBlock(int h, int g, float[] x, int[] at, int count, float[] y) {
        float[] sum = new float[block];
        float[] row = new float[block];
        for (int i = 0; i < count; i++) {
            int target = at[i] + g * block;
            System.arraycopy(y, target, sum, 0, block);
            for (int k = 0; k < block; k++) {
                System.arraycopy(rows[h * block + k], g * block, row, 0, block);
                PlainRows.add(sum, row, x[at[i] + h * block + k]);
            }
            System.arraycopy(sum, 0, y, target, block);
        }
    }

    @Override
    public void blockSquares(float[] out) {
        int blocks = even.length / block;
        float[] values = new float[Math.multiplyExact(block, block)];
        for (int h = 0; h < blocks; h++) {
            for (int g = 0; g < blocks; g++) {
                for (int i = 0; i < block; i++) {
                    System.arraycopy(rows[h * block + i], g * block, values, i * block, block);
                }
                out[h * blocks + g] = Lanes.squares(values, 0, values.length);
            }
        }
    }
}
