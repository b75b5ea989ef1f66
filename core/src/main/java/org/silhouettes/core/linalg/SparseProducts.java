package org.silhouettes.core.linalg;

/**
 * C ← βC + α·XᵀV for codes X that are zero in most blocks of columns: for each block, the rows in which it is not zero are
 * gathered and multiplied; where most are, X is multiplied as it is. Not thread-safe.
 *
 * <p>Memory: [capacity, values] and [capacity, atoms] off the heap.
 */
public final class SparseProducts implements AutoCloseable {

    /** Smallest block that is worth a product of its own. */
    private static final int SMALLEST_BLOCK = 32;

    /** Share of gathered rows above which the whole product is cheaper. */
    private static final double DENSE = 0.7;

    private final int atoms;
    private final int values;
    private final int block;
    private final int blocks;
    private final int capacity;
    private final Matrix left;
    private final Matrix right;
    private final Matrix.Part allLeft;
    private final Matrix.Part allRight;
    private final Matrix target;
    private final Matrix.Part allTarget;
    private final Matrix.Part[] targets;
    private final float[] zeros;
    private final int[] members;
    private final int[] memberCounts;

    /**
     * @param groupSize atoms that are zero or not together
     * @param target C, [atoms, values]
     */
    public SparseProducts(int atoms, int groupSize, int values, int capacity, Matrix target) {
        this.atoms = atoms;
        this.values = values;
        this.block = Math.min(atoms, Math.max(groupSize, SMALLEST_BLOCK));
        this.blocks = (atoms + block - 1) / block;
        this.capacity = capacity;
        this.left = new Matrix(capacity, atoms);
        this.right = new Matrix(capacity, values);
        this.allLeft = left.all();
        this.allRight = right.all();
        this.target = target;
        this.allTarget = target.all();
        this.targets = new Matrix.Part[blocks];
        for (int i = 0; i < blocks; i++) {
            targets[i] = target.part(i * block, 0);
        }
        this.zeros = new float[values];
        this.members = new int[Math.multiplyExact(blocks, capacity)];
        this.memberCounts = new int[blocks];
    }

    /**
     * @param x X, [count, atoms]
     * @param v V, [count, values]
     * @param beta 0 or 1
     */
    public void transposedMultiply(float[] x, float[] v, int count, float alpha, float beta) {
        int total = 0;
        for (int i = 0; i < blocks; i++) {
            total += list(x, count, i);
        }
        if (total > DENSE * blocks * count) {
            left.put(0, x, 0, count * atoms);
            right.put(0, v, 0, count * values);
            Blas.transposedMultiply(atoms, values, count, alpha, allLeft, allRight, beta, allTarget);
            return;
        }
        for (int i = 0; i < blocks; i++) {
            if (memberCounts[i] > 0) {
                multiplyBlock(x, v, i, alpha, beta);
            } else if (beta == 0) {
                for (int k = i * block; k < i * block + size(i); k++) {
                    target.put(k * values, zeros, 0, values);
                }
            }
        }
    }

    private int list(float[] x, int count, int i) {
        int from = i * block;
        int size = size(i);
        int n = 0;
        for (int b = 0; b < count; b++) {
            if (anyNonzero(x, b * atoms + from, size)) {
                members[i * capacity + n++] = b;
            }
        }
        memberCounts[i] = n;
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

    private void multiplyBlock(float[] x, float[] v, int i, float alpha, float beta) {
        int size = size(i);
        int n = memberCounts[i];
        for (int row = 0; row < n; row++) {
            int b = members[i * capacity + row];
            left.put(row * atoms, x, b * atoms + i * block, size);
            right.put(row * values, v, b * values, values);
        }
        Blas.transposedMultiply(size, values, n, alpha, allLeft, allRight, beta, targets[i]);
    }

    private int size(int i) {
        return Math.min(block, atoms - i * block);
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
