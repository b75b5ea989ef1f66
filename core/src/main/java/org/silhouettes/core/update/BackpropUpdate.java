package org.silhouettes.core.update;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.organisation.GuidanceLoss;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.SparseProducts;

/**
 * {@link UpdateRule#BACKPROP}: a step of {@link Adam} with the gradient of the mean squared error through decoder and layers.
 * With r = xW − y and scale = 2/(count · values),
 *
 * <pre>
 *   dW = scale · xᵀr + (dG + dGᵀ) W + dcᵀy = S·W + Dᵀ·y  of {@link UnrolledEncoder#backward}
 * </pre>
 *
 * <p>The gradient of the {@link GuidanceLoss} at the codes, if its weight is above 0, goes through the layers as well.
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
    private final float[] guidanceGradient;

    BackpropUpdate(Gram gram, UpdateSettings settings, Kernels kernels, UnrolledEncoder encoder, int capacity) {
        this.shape = gram.shape();
        this.gram = gram;
        this.encoder = encoder;
        this.adam = new Adam(settings);
        this.atoms = kernels.packedMatrix(shape.atoms(), shape.values());
        this.products = new SparseProducts(kernels, shape.atoms(), shape.groupSize(), shape.values(), capacity);
        this.codeGradients = new float[Math.multiplyExact(capacity, shape.atoms())];
        this.gradient = new float[shape.size()];
        this.guidance = new GuidanceLoss(shape);
        this.guidanceGradient = new float[codeGradients.length];
    }

    @Override
    public boolean apply(Encoding encoding, TrainingState state, UpdateContext context) {
        Dictionary dictionary = encoding.dictionary();
        int count = encoding.count();
        float scale = (float) (2.0 / ((double) count * shape.values()));
        float[] s =
                encoder.backward(gram, encoding, scale, guidanceGradient(encoding, context.targets()), codeGradients);
        atoms.use(dictionary.atoms(), 0, shape.atoms());
        atoms.multiply(s, 0, shape.atoms(), gradient);
        products.add(codeGradients, encoding.images(), count, 1, gradient);
        if (!Finite.all(gradient)) {
            return false;
        }
        adam.step(adam.next(state, context.minLearningRate()), dictionary, state, gradient, 0, shape.atoms());
        return true;
    }

    /** Gradient of the guidance loss at the codes, [count, atoms], or null if its weight is 0. */
    private float[] guidanceGradient(Encoding encoding, GuidanceLoss.Targets targets) {
        if (targets.weight() == 0) {
            return null;
        }
        Arrays.fill(guidanceGradient, 0, encoding.count() * shape.atoms(), 0);
        guidance.addTo(guidanceGradient, encoding, targets);
        return guidanceGradient;
    }

    @Override
    public void close() {
        atoms.close();
        products.close();
    }
}
