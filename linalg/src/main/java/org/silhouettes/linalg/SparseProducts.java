package org.silhouettes.linalg;

/**
 * C ← C + weight · XᵀV for codes X that are zero in most blocks of columns: for each block, the rows in which it is not zero
 * are multiplied. Not thread-safe.
 */
public final class SparseProducts implements AutoCloseable {

    /** Smallest block that is worth a product of its own. */
    private static final int SMALLEST_BLOCK = 32;

    private final int atoms;
    private final int values;
    private final int block;
    private final OuterProducts whole;
    /** For the last block, where that is smaller. */
    private final OuterProducts last;

    private final int[] codesAt;
    private final int[] valuesAt;

    /**
     * @param groupSize atoms that are zero or not together
     * @param values columns of V
     * @param capacity the most rows of X and V
     */
    public SparseProducts(Kernels kernels, int atoms, int groupSize, int values, int capacity) {
        this.atoms = atoms;
        this.values = values;
        this.block = Math.min(atoms, Math.max(groupSize, SMALLEST_BLOCK));
        this.whole = kernels.outerProducts(block, values, capacity);
        this.last = atoms % block == 0 ? whole : kernels.outerProducts(atoms % block, values, capacity);
        this.codesAt = new int[capacity];
        this.valuesAt = new int[capacity];
    }

    /** Blocks of columns of X. */
    public int blocks() {
        return (atoms + block - 1) / block;
    }

    /** The first column of a block. */
    public int first(int i) {
        return i * block;
    }

    /** Columns of a block: of the first block the most. */
    public int length(int i) {
        return Math.min(block, atoms - first(i));
    }

    /**
     * Adds the rows of C that a block of X makes.
     *
     * @param x X, [count, atoms]
     * @param v V, [count, values]
     * @param c those rows, [length, values] from {@code cFrom} on, added to
     */
    public void add(int i, float[] x, float[] v, int count, float weight, float[] c, int cFrom) {
        int n = list(x, count, first(i), length(i));
        if (n > 0) {
            (length(i) == block ? whole : last).add(x, codesAt, v, valuesAt, 0, n, weight, c, cFrom, values);
        }
    }

    /**
     * Adds all of it.
     *
     * @param c C, [atoms, values], added to
     */
    public void add(float[] x, float[] v, int count, float weight, float[] c) {
        for (int i = 0; i < blocks(); i++) {
            add(i, x, v, count, weight, c, first(i) * values);
        }
    }

    private int list(float[] x, int count, int from, int size) {
        int n = 0;
        for (int b = 0; b < count; b++) {
            if (anyNonzero(x, b * atoms + from, size)) {
                codesAt[n] = b * atoms + from;
                valuesAt[n++] = b * values;
            }
        }
        return n;
    }

    private static boolean anyNonzero(float[] x, int from, int length) {
        for (int j = from; j < from + length; j++) {
            if (x[j] != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        whole.close();
        last.close();
    }
}
