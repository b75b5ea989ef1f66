package org.silhouettes.linalg;

/**
 * A matrix of which few rows at a time are summed: the products of this method's sparse codes, where a BLAS would mostly
 * multiply zeros. Made by {@link Kernels#rowAccumulator}. Not thread-safe.
 */
public interface RowAccumulator {

    /** Columns of the blocks that {@link #addBlock} multiplies. */
    int PRODUCT_BLOCK = 32;

    /**
     * Takes over the matrix as it stands.
     *
     * @param values [rows, columns], row-major; not to be changed as long as the table is summed
     */
    void use(float[] values);

    /** Copies a symmetric matrix, [rows, rows], of which the lower triangle is there. */
    void useSymmetric(float[] lower);

    /**
     * out[outFrom + j] ← start[startFrom + j] + sign · Σ weight · row[j] for all columns j. Each value has two sums, to which
     * rows are added by fused multiply-adds in the order of the list: rows at even places to one that begins with {@code
     * start}, rows at odd places to one that begins with 0. The first plus the second is the value.
     *
     * @param start another array than {@code out}
     */
    void sum(SparseVector list, float sign, float[] start, int startFrom, float[] out, int outFrom);

    /**
     * The same for the columns of some blocks.
     *
     * @param blocks the first {@code count} are taken
     */
    void sumBlocks(
            SparseVector list,
            float sign,
            int[] blocks,
            int count,
            float[] start,
            int startFrom,
            float[] out,
            int outFrom);

    /**
     * Y_g ← Y_g + X_h M_hg for some rows of X and Y, where M_hg is a square block of a square matrix, of {@link
     * #PRODUCT_BLOCK} columns. Each value is a chain of fused multiply-adds, begun with what it was, in the order of M_hg's
     * rows.
     *
     * @param x X
     * @param at where rows start, in X and in Y; the first {@code count} are taken
     * @param y Y, another array than X
     */
    void addBlock(int h, int g, float[] x, int[] at, int count, float[] y);

    /**
     * Sums of squares of the square blocks of a square matrix: each is {@link Kernels#squares} of the block's rows, one after
     * another.
     *
     * @param out [blocks, blocks]
     */
    void blockSquares(float[] out);
}
