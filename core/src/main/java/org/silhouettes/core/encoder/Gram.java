package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.RowAccumulator;

/**
 * The dictionary W and its Gram matrix G = WWᵀ, packed for products. Computed again for another dictionary or version, because
 * a stale Gram matrix gives wrong codes silently; always from scratch, so that the same dictionary gives the same bits.
 */
public final class Gram implements AutoCloseable {

    /** Minimum size of a group that is a block of G: products of smaller ones are not faster. */
    private static final int MIN_BLOCK = 16;

    private final DictionaryShape shape;
    private final PackedMatrix transposed;
    private final float[] lower;
    private final RowAccumulator rows;
    private final float[] blockNorms;
    private Dictionary dictionary;
    private long version;

    /** @param kernels what multiplies the matrices */
    public Gram(DictionaryShape shape, Kernels kernels) {
        this.shape = shape;
        this.transposed = kernels.packedMatrix(shape.values(), shape.atoms());
        this.lower = new float[Math.multiplyExact(shape.atoms(), shape.atoms())];
        this.rows = kernels.rowAccumulator(
                shape.atoms(), shape.atoms(), hasBlocks(shape) ? shape.groupSize() : shape.atoms());
        this.blockNorms = new float[hasBlocks(shape) ? shape.groups() * shape.groups() : 0];
    }

    /** Whether groups are blocks of G; otherwise G is one block and is multiplied as a whole. */
    static boolean hasBlocks(DictionaryShape shape) {
        return shape.groupSize() >= MIN_BLOCK;
    }

    /** Shape of the dictionaries. */
    public DictionaryShape shape() {
        return shape;
    }

    /** Loads a dictionary, unless it is loaded at its present version. */
    public void use(Dictionary next) {
        if (!next.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "dictionary of " + next.shape() + ", this training step is for " + shape);
        }
        if (next == dictionary && next.version() == version) {
            return;
        }
        transposed.useTransposed(next.atoms());
        transposed.lowerGram(next.atoms(), lower);
        rows.useSymmetric(lower);
        if (hasBlocks(shape)) {
            rows.blockSquares(blockNorms);
            for (int i = 0; i < blockNorms.length; i++) {
                blockNorms[i] = (float) Math.sqrt(blockNorms[i]);
            }
        }
        dictionary = next;
        version = next.version();
    }

    /** Wᵀ, [values, atoms]. */
    PackedMatrix transposed() {
        return transposed;
    }

    /** The loaded dictionary. */
    Dictionary dictionary() {
        return dictionary;
    }

    /** Rows of G, [atoms, atoms], for weighted sums. */
    public RowAccumulator rows() {
        return rows;
    }

    /** Frobenius norms of the blocks of G, [groups, groups], if the shape {@link #hasBlocks}. */
    float[] blockNorms() {
        return blockNorms;
    }

    @Override
    public void close() {
        transposed.close();
    }
}
