package org.silhouettes.linalg;

/**
 * Rows in one array, block of columns by block of columns, so that what is read of a block lies together. What is left of a
 * block after whole vectors is done with a vector that overlaps the one before, which gives the same sums once more.
 */
final class VectorRowAccumulator implements RowAccumulator {

    private static final int LANES = GemmMicroKernel.LANES;

    private final int rows;
    private final int columns;
    private final int block;
    private final VectorRowSums sums;
    private float[] values = new float[0];
    private int first;

    VectorRowAccumulator(int rows, int columns, int block) {
        this.rows = rows;
        this.columns = columns;
        this.block = block;
        this.sums = new VectorRowSums(columns, block);
    }

    @Override
    public void use(float[] next) {
        if (block == columns) {
            values = next;
            first = 0;
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
    public void sum(SparseVector list, float sign, float[] start, int startFrom, float[] out, int outFrom) {
        sums.start(values);
        for (int from = 0; from < columns; from += block) {
            add(list, sign, from, start, startFrom, out, outFrom);
        }
        sums.sum(list, sign, start, startFrom, out, outFrom);
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
        sums.start(values);
        for (int i = 0; i < count; i++) {
            add(list, sign, blocks[i] * block, start, startFrom, out, outFrom);
        }
        sums.sum(list, sign, start, startFrom, out, outFrom);
    }

    /** Lists the vectors that cover a block; sums it at once where it is narrower than a vector. */
    private void add(SparseVector list, float sign, int from, float[] start, int startFrom, float[] out, int outFrom) {
        if (block < LANES) {
            singles(list, sign, from, start, startFrom, out, outFrom);
            return;
        }
        sums.block(from, first + from * rows);
    }

    private void singles(
            SparseVector list, float sign, int from, float[] start, int startFrom, float[] out, int outFrom) {
        for (int j = from; j < from + block; j++) {
            int column = first + from * (rows - 1) + j;
            float even = start[startFrom + j];
            float odd = 0;
            for (int i = 0; i < list.count; i++) {
                float value = values[column + list.index[i] * block];
                if (i % 2 == 0) {
                    even = Math.fma(value, sign * list.weight[i], even);
                } else {
                    odd = Math.fma(value, sign * list.weight[i], odd);
                }
            }
            out[outFrom + j] = even + odd;
        }
    }

    @Override
    public void addBlock(int h, int g, float[] x, int[] at, int count, float[] y) {
        int from = first + (g * rows + h * block) * block;
        int width = GemmMicroKernel.COLUMNS;
        for (int column = 0; column < block; column += width) {
            for (int i = 0; i < count; i += GemmMicroKernel.LISTED) {
                GemmMicroKernel.addListed(x, h * block, at, i, count - 1, values, from + column, y, g * block + column);
            }
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
}
