package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * The dictionary W and its Gram matrix G = WWᵀ as products need them, made anew when the dictionary is another object or
 * has another version: a stale Gram matrix mis-encodes silently. Always made from scratch, so that the same dictionary
 * gives the same bits whatever came before.
 */
public final class Gram implements AutoCloseable {

    private static final int TILE = 32;

    private final DictionaryShape shape;
    private final Matrix atoms;
    private final Matrix.Part allAtoms;
    private final Matrix lower;
    private final Matrix.Part allLower;
    private final float[][] atomRows;
    private final float[][] rows;
    private Dictionary dictionary;
    private long version;

    public Gram(DictionaryShape shape) {
        this.shape = shape;
        this.atoms = new Matrix(shape.atoms(), shape.values());
        this.allAtoms = atoms.all();
        this.lower = new Matrix(shape.atoms(), shape.atoms());
        this.allLower = lower.all();
        this.atomRows = new float[shape.atoms()][shape.values()];
        this.rows = new float[shape.atoms()][shape.atoms()];
    }

    /** Makes everything below that of this dictionary as it stands. */
    public void use(Dictionary next) {
        if (!next.shape().equals(shape)) {
            throw new IllegalArgumentException("dictionary of " + next.shape() + ", this engine is made for " + shape);
        }
        if (next == dictionary && next.version() == version) {
            return;
        }
        int n = shape.atoms();
        int values = shape.values();
        atoms.put(0, next.atoms(), 0, shape.size());
        for (int k = 0; k < n; k++) {
            System.arraycopy(next.atoms(), k * values, atomRows[k], 0, values);
        }
        Blas.lowerGram(n, values, allAtoms, allLower);
        for (int i = 0; i < n; i++) {
            lower.get(i * n, rows[i], 0, i + 1);
        }
        mirror(n);
        dictionary = next;
        version = next.version();
    }

    /** Copies the lower triangle into the upper one, tile by tile so that both stay in the cache. */
    private void mirror(int n) {
        for (int top = 0; top < n; top += TILE) {
            for (int left = 0; left <= top; left += TILE) {
                for (int i = top; i < Math.min(top + TILE, n); i++) {
                    float[] row = rows[i];
                    for (int j = left; j < Math.min(left + TILE, i); j++) {
                        rows[j][i] = row[j];
                    }
                }
            }
        }
    }

    /** W, [atoms, values]. */
    public Matrix.Part atoms() {
        return allAtoms;
    }

    /** Rows of W on the heap, [atoms][values]; read only. */
    public float[][] atomRows() {
        return atomRows;
    }

    /** Rows of G on the heap, [atoms][atoms]; read only. */
    public float[][] rows() {
        return rows;
    }

    @Override
    public void close() {
        atoms.close();
        lower.close();
    }
}
