package org.silhouettes.core.learner;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.SparseProducts;

/**
 * {@link UpdateRule#BACKPROP}: the gradient of the mean squared error over batch and values through decoder and layers, and a
 * step of {@link Adam}. With r = xW − y and scale = 2/(count · values),
 *
 * <pre>
 *   dW = scale · xᵀr + (dG + dGᵀ) W + dcᵀy = S·W + Dᵀ·y  of {@link UnrolledEncoder#backward}
 * </pre>
 *
 * <p>Where the mini-batch is led, the gradient of {@link GuidanceLoss} at the codes goes through the layers as well.
 */
final class BackpropUpdate implements DictionaryUpdate {

    private final DictionaryShape shape;
    private final Gram gram;
    private final UnrolledEncoder encoder;
    private final Adam adam;
    /** W, [atoms, values]. */
    private final PackedMatrix atoms;

    private final SparseProducts products;
    private final float[] codeGradients;
    private final float[] gradient;
    private final GuidanceLoss guidance;
    private final float[] guiding;
    private GuidanceLoss.Targets targets = GuidanceLoss.Targets.NONE;

    BackpropUpdate(
            DictionaryShape shape,
            UpdateSettings settings,
            Kernels kernels,
            Gram gram,
            UnrolledEncoder encoder,
            int capacity) {
        this.shape = shape;
        this.gram = gram;
        this.encoder = encoder;
        this.adam = new Adam(settings);
        this.atoms = kernels.factor(shape.atoms(), shape.values());
        this.products = new SparseProducts(kernels, shape.atoms(), shape.groupSize(), shape.values(), capacity);
        this.codeGradients = new float[Math.multiplyExact(capacity, shape.atoms())];
        this.gradient = new float[shape.size()];
        this.guidance = new GuidanceLoss(shape);
        this.guiding = new float[codeGradients.length];
    }

    @Override
    public void lead(GuidanceLoss.Targets next) {
        targets = next;
    }

    @Override
    public void leastRate(double rate) {
        adam.leastRate(rate);
    }

    @Override
    public boolean apply(Dictionary dictionary, TrainingState state, float[] images, int count, CodeBatch codes) {
        float scale = (float) (2.0 / ((double) count * shape.values()));
        float[] s = encoder.backward(gram, scale, codes.codes(), count, guiding(codes, count), codeGradients);
        atoms.use(dictionary.atoms(), 0, shape.atoms());
        atoms.multiply(s, 0, shape.atoms(), gradient);
        products.add(codeGradients, images, count, 1, gradient);
        if (!Finite.all(gradient)) {
            return false;
        }
        adam.step(adam.next(state), dictionary, state, gradient, 0, shape.atoms());
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
        atoms.close();
        products.close();
    }
}
