package org.silhouettes.core.learner;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.encoder.Decoder;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.linalg.Factor;
import org.silhouettes.core.linalg.Kernels;
import org.silhouettes.core.linalg.SparseProducts;

/**
 * {@link UpdateRule#DECODER} and {@link UpdateRule#BACKPROP}: the gradient of the mean squared error over batch and values,
 * through the decoder alone or through all layers as well, and a step of {@link Adam}. With r = xW − y and
 * scale = 2/(count · values),
 *
 * <pre>
 *   decoder    dW = scale · xᵀr
 *   backprop   dW = scale · xᵀr + (dG + dGᵀ) W + dcᵀy   = S·W + Dᵀ·y  of {@link UnrolledEncoder#backward}
 * </pre>
 *
 * <p>Where the mini-batch is led, the gradient of {@link Guidance} at the codes goes through the layers as well.
 */
final class GradientUpdate implements DictionaryUpdate {

    private final DictionaryShape shape;
    private final Gram gram;
    private final UnrolledEncoder encoder;
    private final boolean throughLayers;
    private final Adam adam;
    /** W, [atoms, values]. */
    private final Factor atoms;

    private final SparseProducts products;
    private final Decoder decoder;
    private final float[] residuals;
    private final float[] codeGradients;
    private final float[] gradient;
    private final Guidance guidance;
    private final float[] guiding;
    private Guidance.Targets targets = Guidance.Targets.NONE;

    GradientUpdate(DictionaryShape shape, UpdateSettings settings, Gram gram, UnrolledEncoder encoder, int capacity) {
        this.shape = shape;
        this.gram = gram;
        this.encoder = encoder;
        this.throughLayers = settings.rule() == UpdateRule.BACKPROP;
        this.adam = new Adam(settings);
        this.atoms = throughLayers ? Kernels.best().factor(shape.atoms(), shape.values()) : null;
        this.products = new SparseProducts(shape.atoms(), shape.groupSize(), shape.values(), capacity);
        this.decoder = throughLayers ? null : new Decoder(shape);
        this.residuals = throughLayers ? null : new float[Math.multiplyExact(capacity, shape.values())];
        this.codeGradients = throughLayers ? new float[Math.multiplyExact(capacity, shape.atoms())] : null;
        this.gradient = new float[shape.size()];
        this.guidance = new Guidance(shape);
        this.guiding = throughLayers ? new float[Math.multiplyExact(capacity, shape.atoms())] : null;
    }

    @Override
    public void lead(Guidance.Targets next) {
        targets = next;
    }

    @Override
    public boolean apply(Dictionary dictionary, OptimiserState state, float[] images, int count, CodeBatch codes) {
        float scale = (float) (2.0 / ((double) count * shape.values()));
        if (throughLayers) {
            float[] s = encoder.backward(gram, scale, codes.codes(), count, guiding(codes, count), codeGradients);
            atoms.use(dictionary.atoms(), 0, shape.atoms());
            atoms.multiply(s, 0, shape.atoms(), gradient);
            products.add(codeGradients, images, count, 1, gradient);
        } else {
            Arrays.fill(gradient, 0);
            decoder.residuals(dictionary, codes, images, residuals);
            products.add(codes.codes(), residuals, count, -scale, gradient);
        }
        if (!Finite.all(gradient)) {
            return false;
        }
        adam.step(dictionary, state, gradient);
        return true;
    }

    /** Gradient of the guidance at the codes, [count, atoms], or null where the mini-batch is not led. */
    private float[] guiding(CodeBatch codes, int count) {
        if (targets.weight() == 0) {
            return null;
        }
        Arrays.fill(guiding, 0, count * shape.atoms(), 0);
        guidance.addTo(guiding, codes, count, targets);
        return guiding;
    }

    @Override
    public void close() {
        if (atoms != null) {
            atoms.close();
        }
        products.close();
    }
}
