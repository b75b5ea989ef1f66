package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.RowAccumulator;
import org.silhouettes.linalg.SparseVector;

/** Computes reconstructions xW of sparse codes and residuals y − xW. Not thread-safe. */
public final class Decoder {

    private final DictionaryShape shape;
    private final RowAccumulator atoms;
    private final SparseVector support;
    private final float[] zeros;

    public Decoder(DictionaryShape shape) {
        this.shape = shape;
        this.atoms = Kernels.best().rowAccumulator(shape.atoms(), shape.values(), shape.values());
        this.support = new SparseVector(shape.atoms());
        this.zeros = new float[shape.values()];
    }

    /** @param out xW of the codes, [count, values]; overwritten */
    void decode(Encoding encoding, float[] out) {
        atoms.use(encoding.dictionary().atoms());
        for (int b = 0; b < encoding.count(); b++) {
            list(encoding, b);
            atoms.sum(support, 1, zeros, 0, out, b * shape.values());
        }
    }

    /** @param out y − xW of the images and codes, [count, values]; overwritten */
    public void residuals(Encoding encoding, float[] out) {
        atoms.use(encoding.dictionary().atoms());
        for (int b = 0; b < encoding.count(); b++) {
            list(encoding, b);
            atoms.sum(support, -1, encoding.images(), b * shape.values(), out, b * shape.values());
        }
    }

    private void list(Encoding encoding, int b) {
        int size = shape.groupSize();
        support.clear();
        for (int g = 0; g < shape.groups(); g++) {
            if (encoding.groupNorms()[b * shape.groups() + g] > 0) {
                support.add(g * size, encoding.codes(), b * shape.atoms() + g * size, size);
            }
        }
    }
}
