package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * The dictionary W and its Gram matrix G = WWᵀ off the heap, made anew when the dictionary is another object or has
 * another version: a stale Gram matrix mis-encodes silently.
 */
public final class Gram implements AutoCloseable {

    private final DictionaryShape shape;
    private final Matrix atoms;
    private final Matrix products;
    private final float[] values;
    private Dictionary dictionary;
    private long version;

    public Gram(DictionaryShape shape) {
        this.shape = shape;
        this.atoms = new Matrix(shape.atoms(), shape.values());
        this.products = new Matrix(shape.atoms(), shape.atoms());
        this.values = new float[Math.multiplyExact(shape.atoms(), shape.atoms())];
    }

    /** Makes everything below that of this dictionary as it stands. */
    public void use(Dictionary next) {
        if (!next.shape().equals(shape)) {
            throw new IllegalArgumentException("dictionary of " + next.shape() + ", this engine is made for " + shape);
        }
        if (next == dictionary && next.version() == version) {
            return;
        }
        int atomCount = shape.atoms();
        atoms.put(0, next.atoms(), 0, shape.size());
        Blas.multiplyTransposed(atomCount, atomCount, shape.values(), 1, atoms, atoms, 0, products);
        products.get(0, values, 0, values.length);
        dictionary = next;
        version = next.version();
    }

    /** W, [atoms, values]. */
    public Matrix atoms() {
        return atoms;
    }

    /** G, [atoms, atoms]. */
    public Matrix products() {
        return products;
    }

    /** G on the heap, [atoms, atoms]; read only. */
    public float[] values() {
        return values;
    }

    @Override
    public void close() {
        atoms.close();
        products.close();
    }
}
