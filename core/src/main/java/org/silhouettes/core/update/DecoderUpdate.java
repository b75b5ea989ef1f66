package org.silhouettes.core.update;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Decoder;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.AdamStep;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.SparseProducts;

/**
 * {@link UpdateRule#DECODER}: a step of {@link Adam} with the gradient of the mean squared error through the decoder only.
 * With r = xW − y and scale = 2/(count · values),
 *
 * <pre>
 *   dW = scale · xᵀr
 * </pre>
 *
 * <p>computed and applied block by block, so that a block stays in the second-level cache.
 */
final class DecoderUpdate implements DictionaryUpdate {

    private final DictionaryShape shape;
    private final Adam adam;
    private final SparseProducts products;
    private final Decoder decoder;
    /** y − xW, [capacity, values]. */
    private final float[] residuals;
    /** dW of one block of atoms. */
    private final float[] gradient;

    DecoderUpdate(DictionaryShape shape, UpdateSettings settings, Kernels kernels, int capacity) {
        this.shape = shape;
        this.adam = new Adam(settings);
        this.products = new SparseProducts(kernels, shape.atoms(), shape.groupSize(), shape.values(), capacity);
        this.decoder = new Decoder(shape);
        this.residuals = new float[Math.multiplyExact(capacity, shape.values())];
        this.gradient = new float[Math.multiplyExact(products.length(0), shape.values())];
    }

    @Override
    public boolean apply(Encoding encoding, TrainingState state, UpdateContext context) {
        Dictionary dictionary = encoding.dictionary();
        int count = encoding.count();
        double scale = 2.0 / ((double) count * shape.values());
        double bound = scale * boundOfProduct(encoding);
        if (!Finite.ofNorm(bound)) {
            return false;
        }
        decoder.residuals(encoding, residuals);
        AdamStep next = adam.next(state, context.minLearningRate());
        for (int block = 0; block < products.blocks(); block++) {
            Arrays.fill(gradient, 0);
            products.add(block, encoding.codes(), residuals, count, (float) -scale, gradient, 0);
            adam.step(next, dictionary, state, gradient, products.first(block), products.length(block));
        }
        return true;
    }

    /** Σ ‖x‖ ‖r‖ over the images, an upper bound of ‖xᵀr‖ (Cauchy-Schwarz). */
    private double boundOfProduct(Encoding encoding) {
        float[] norms = encoding.groupNorms();
        double sum = 0;
        for (int b = 0; b < encoding.count(); b++) {
            double squares = 0;
            for (int i = b * shape.groups(); i < (b + 1) * shape.groups(); i++) {
                squares += (double) norms[i] * norms[i];
            }
            sum += Math.sqrt(squares * encoding.squaredErrors()[b]);
        }
        return sum;
    }

    @Override
    public void close() {
        products.close();
    }
}
