package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * {@link UpdateRule#DECODER} and {@link UpdateRule#BACKPROP}: the gradient of the mean squared error over batch and values,
 * through the decoder alone or through all layers as well, and a step of {@link Adam}. With R = xW − y and
 * dR = 2R/(count · values),
 *
 * <pre>
 *   decoder    dW = xᵀ dR
 *   backprop   dW = xᵀ dR + (dG + dGᵀ) W + dcᵀ y,   dG and dc from {@link UnrolledEncoder#backward} of dx = dR Wᵀ
 * </pre>
 */
final class GradientUpdate implements DictionaryUpdate {

    private final DictionaryShape shape;
    private final Gram gram;
    private final UnrolledEncoder encoder;
    private final boolean throughLayers;
    private final Adam adam;
    private final Matrix residuals;
    private final Matrix codeGradients;
    private final Matrix gramGradients;
    private final Matrix atomGradients;
    private final float[] residual;
    private final float[] codeGradient;
    private final float[] gramGradient;
    private final float[] gradient;

    GradientUpdate(DictionaryShape shape, UpdateSettings settings, Gram gram, UnrolledEncoder encoder, int capacity) {
        this.shape = shape;
        this.gram = gram;
        this.encoder = encoder;
        this.throughLayers = settings.rule() == UpdateRule.BACKPROP;
        this.adam = new Adam(settings);
        this.residuals = new Matrix(capacity, shape.values());
        this.codeGradients = new Matrix(capacity, shape.atoms());
        this.gramGradients = new Matrix(shape.atoms(), shape.atoms());
        this.atomGradients = new Matrix(shape.atoms(), shape.values());
        this.residual = new float[capacity * shape.values()];
        this.codeGradient = new float[capacity * shape.atoms()];
        this.gramGradient = new float[shape.atoms() * shape.atoms()];
        this.gradient = new float[shape.size()];
    }

    @Override
    public boolean apply(Dictionary dictionary, OptimiserState state, float[] images, int count, CodeBatch codes) {
        gradient(images, count, codes);
        if (!Finite.all(gradient)) {
            return false;
        }
        adam.step(dictionary, state, gradient);
        return true;
    }

    /** Gradient at W, [atoms, values]; written over by the next call. */
    float[] gradient(float[] images, int count, CodeBatch codes) {
        int atoms = shape.atoms();
        int values = shape.values();
        float scale = (float) (2.0 / ((double) count * values));
        for (int i = 0; i < count * values; i++) {
            residual[i] = scale * (codes.reconstructions()[i] - images[i]);
        }
        residuals.put(0, residual, 0, count * values);
        codeGradients.put(0, codes.codes(), 0, count * atoms);
        Blas.transposedMultiply(atoms, values, count, 1, codeGradients, residuals, 0, atomGradients);
        if (throughLayers) {
            Blas.multiplyTransposed(count, atoms, values, 1, residuals, gram.atoms(), 0, codeGradients);
            codeGradients.get(0, codeGradient, 0, count * atoms);
            encoder.backward(gram, codeGradient, count, codeGradients, gramGradients);
            Blas.transposedMultiply(atoms, values, count, 1, codeGradients, encoder.images(), 1, atomGradients);
            symmetrise();
            Blas.multiply(atoms, values, atoms, 1, gramGradients, gram.atoms(), 1, atomGradients);
        }
        atomGradients.get(0, gradient, 0, gradient.length);
        return gradient;
    }

    private void symmetrise() {
        int n = shape.atoms();
        gramGradients.get(0, gramGradient, 0, gramGradient.length);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                float sum = gramGradient[i * n + j] + gramGradient[j * n + i];
                gramGradient[i * n + j] = sum;
                gramGradient[j * n + i] = sum;
            }
        }
        gramGradients.put(0, gramGradient, 0, gramGradient.length);
    }

    @Override
    public void close() {
        residuals.close();
        codeGradients.close();
        gramGradients.close();
        atomGradients.close();
    }
}
