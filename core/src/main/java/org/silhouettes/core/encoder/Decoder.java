package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.RowAccumulator;
import org.silhouettes.linalg.SparseVector;

/** Makes reconstructions xW of sparse codes, and what is left of the images. Not thread-safe. */
public final class Decoder {

    private final DictionaryShape shape;
    private final RowAccumulator atoms;
    private final SparseVector support;
    private final float[] zeros;

    public Decoder(DictionaryShape shape) {
        this.shape = shape;
        this.atoms = Kernels.best().table(shape.atoms(), shape.values(), shape.values());
        this.support = new SparseVector(shape.atoms());
        this.zeros = new float[shape.values()];
    }

    /** @param out xW of the batch's codes, [count, values]; written */
    void decode(Dictionary dictionary, CodeBatch codes, float[] out) {
        atoms.use(dictionary.atoms());
        for (int b = 0; b < codes.count(); b++) {
            list(codes, b);
            atoms.sum(support, 1, zeros, 0, out, b * shape.values());
        }
    }

    /**
     * @param images y, [count, values]
     * @param out y − xW of the batch's codes, [count, values]; written
     */
    public void residuals(Dictionary dictionary, CodeBatch codes, float[] images, float[] out) {
        atoms.use(dictionary.atoms());
        for (int b = 0; b < codes.count(); b++) {
            list(codes, b);
            atoms.sum(support, -1, images, b * shape.values(), out, b * shape.values());
        }
    }

    private void list(CodeBatch codes, int b) {
        int size = shape.groupSize();
        support.clear();
        for (int g = 0; g < shape.groups(); g++) {
            if (codes.groupNorms()[b * shape.groups() + g] > 0) {
                support.add(g * size, codes.codes(), b * shape.atoms() + g * size, size);
            }
        }
    }
}
