package org.silhouettes.core.linalg;

/**
 * A matrix of which few rows at a time are summed: the products of this method's sparse codes, where a BLAS would mostly
 * multiply zeros. Made by {@link Kernels#table}. Not thread-safe.
 */
public interface RowTable {

    /**
     * Takes over the matrix as it stands.
     *
     * @param values [rows, columns], row-major; not to be changed as long as the table is summed
     */
    void use(float[] values);

    /** Copies a symmetric matrix, [rows, rows], of which the lower triangle is there. */
    void useSymmetric(float[] lower);

    /**
     * out[outFrom + j] ← start[startFrom + j] + sign · Σ weight · row[j] for all columns j, the rows added in a fixed order.
     *
     * @param start another array than {@code out}
     */
    void sum(WeightedRows list, float sign, float[] start, int startFrom, float[] out, int outFrom);

    /**
     * The same for the columns of some blocks.
     *
     * @param blocks the first {@code count} are taken
     */
    void sumBlocks(
            WeightedRows list,
            float sign,
            int[] blocks,
            int count,
            float[] start,
            int startFrom,
            float[] out,
            int outFrom);

    /** Whether there is {@link #addBlock}, which takes vectors of 16 floats and blocks of 32 columns. */
    boolean multipliesBlocks();

    /**
     * Y_g ← Y_g + X_h M_hg for some rows of X and Y, where M_hg is a square block of a square matrix.
     *
     * @param x X
     * @param at where rows start, in X and in Y; the first {@code count} are taken
     * @param y Y, another array than X
     */
    void addBlock(int h, int g, float[] x, int[] at, int count, float[] y);

    /**
     * Sums of squares of the square blocks of a square matrix.
     *
     * @param out [blocks, blocks]
     */
    void blockSquares(float[] out);
}
