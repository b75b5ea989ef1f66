package org.silhouettes.core.linalg;

import java.util.Arrays;

/**
 * Rows as arrays of their own, because HotSpot (17) turns {@code a[i] += w * b[i]} into vector instructions but not {@code
 * a[from + i]}: 15 ns instead of 110 for one row of 320 values. Six rows at a time: with eight the loop is too large for
 * HotSpot to unroll, and is left to single instructions (67 ns a row).
 */
final class PlainRowTable implements RowTable {

    private static final int TILE = 32;

    private final float[][] rows;
    private final int block;
    private final float[] sum;

    PlainRowTable(int rows, int columns, int block) {
        this.rows = new float[rows][columns];
        this.block = block;
        this.sum = new float[columns];
    }

    @Override
    public void use(float[] values) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, i * sum.length, rows[i], 0, sum.length);
        }
    }

    @Override
    public void useSymmetric(float[] lower) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(lower, i * sum.length, rows[i], 0, i + 1);
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
    public void sum(WeightedRows list, float sign, float[] start, int startFrom, float[] out, int outFrom) {
        all(list);
        add(sign, 0, sum.length, start, startFrom, out, outFrom);
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
        // all columns, in vector instructions, take less time than some in single ones
        all(list);
        for (int i = 0; i < count; i++) {
            add(sign, blocks[i] * block, block, start, startFrom, out, outFrom);
        }
    }

    private void add(float sign, int from, int length, float[] start, int startFrom, float[] out, int outFrom) {
        for (int j = from; j < from + length; j++) {
            out[outFrom + j] = Math.fma(sign, sum[j], start[startFrom + j]);
        }
    }

    @Override
    public boolean multipliesBlocks() {
        return false;
    }

    @Override
    public void addBlock(int h, int g, float[] x, int[] at, int count, float[] y) {
        throw new UnsupportedOperationException("plain Java adds up rows");
    }

    @Override
    public void blockSquares(float[] out) {
        int blocks = sum.length / block;
        for (int h = 0; h < blocks; h++) {
            for (int g = 0; g < blocks; g++) {
                float squares = 0;
                for (int i = h * block; i < (h + 1) * block; i++) {
                    squares += Lanes.squares(rows[i], g * block, (g + 1) * block);
                }
                out[h * blocks + g] = squares;
            }
        }
    }

    private void all(WeightedRows list) {
        int[] k = list.index;
        float[] w = list.weight;
        int i = 0;
        Arrays.fill(sum, 0);
        for (; i + 6 <= list.count; i += 6) {
            addSix(
                    sum,
                    rows[k[i]],
                    rows[k[i + 1]],
                    rows[k[i + 2]],
                    rows[k[i + 3]],
                    rows[k[i + 4]],
                    rows[k[i + 5]],
                    w[i],
                    w[i + 1],
                    w[i + 2],
                    w[i + 3],
                    w[i + 4],
                    w[i + 5]);
        }
        for (; i < list.count; i++) {
            addScaled(sum, rows[k[i]], w[i]);
        }
    }

    private static void addScaled(float[] out, float[] a, float w) {
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.fma(w, a[j], out[j]);
        }
    }

    private static void addSix(
            float[] out,
            float[] a,
            float[] b,
            float[] c,
            float[] d,
            float[] e,
            float[] f,
            float wa,
            float wb,
            float wc,
            float wd,
            float we,
            float wf) {
        for (int j = 0; j < out.length; j++) {
            float abc = Math.fma(wc, c[j], Math.fma(wb, b[j], Math.fma(wa, a[j], out[j])));
            out[j] = Math.fma(wf, f[j], Math.fma(we, e[j], Math.fma(wd, d[j], abc)));
        }
    }
}
