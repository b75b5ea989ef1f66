package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.RowAccumulator;

/**
 * The dictionary W and its Gram matrix G = WWᵀ as products need them, made anew when the dictionary is another object or
 * has another version: a stale Gram matrix mis-encodes silently. Always made from scratch, so that the same dictionary
 * gives the same bits whatever came before.
 */
public final class Gram implements AutoCloseable {

    /** Groups of fewer atoms are no blocks of their own: their products cost no less than whole ones. */
    private static final int SMALLEST_BLOCK = 16;

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
        this.transposed = kernels.factor(shape.values(), shape.atoms());
        this.lower = new float[Math.multiplyExact(shape.atoms(), shape.atoms())];
        this.rows = kernels.table(shape.atoms(), shape.atoms(), hasBlocks(shape) ? shape.groupSize() : shape.atoms());
        this.blockNorms = new float[hasBlocks(shape) ? shape.groups() * shape.groups() : 0];
    }

    /** Whether groups are blocks of G; else G is one block, and all of it is multiplied. */
    static boolean hasBlocks(DictionaryShape shape) {
        return shape.groupSize() >= SMALLEST_BLOCK;
    }

    /** Shape of the dictionaries. */
    public DictionaryShape shape() {
        return shape;
    }

    /** Makes everything below that of this dictionary as it stands. */
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

    /** The dictionary that all this is made of. */
    Dictionary dictionary() {
        return dictionary;
    }

    /** Rows of G, [atoms, atoms], as sums need them. */
    public RowAccumulator rows() {
        return rows;
    }

    /** Frobenius norms of the blocks of G, [groups, groups], where the shape {@link #hasBlocks}. */
    float[] blockNorms() {
        return blockNorms;
    }

    @Override
    public void close() {
        transposed.close();
    }
}
