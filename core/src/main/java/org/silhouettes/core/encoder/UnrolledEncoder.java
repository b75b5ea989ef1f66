package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * The unrolled encoder of eq. 11 on a mini-batch, and its backward pass. With G = WWᵀ and c = yWᵀ computed once, a layer is
 *
 * <pre>
 *   u  = z − τ (zG − c)
 *   x⁺ = shrink_{λτ}(u)
 *   z⁺ = x⁺ + ((t−1)/t⁺)(x⁺ − x)
 * </pre>
 *
 * <p>Scratch of one thread, of no model. Not thread-safe.
 */
public final class UnrolledEncoder implements AutoCloseable {

    private final DictionaryShape shape;
    private final EncoderSettings settings;
    private final int capacity;
    private final GroupShrinkage shrinkage;
    private final float[] momentum;
    private final Matrix images;
    private final Matrix states;
    private final Matrix products;
    private final float[] correlations;
    private final float[] product;
    private final float[][] beforeShrinkage;
    private final float[][] state;
    private float step;

    /** @param capacity the largest mini-batch */
    public UnrolledEncoder(DictionaryShape shape, EncoderSettings settings, int capacity) {
        this.shape = shape;
        this.settings = settings;
        this.capacity = capacity;
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), shape.groupSize());
        this.momentum = Momentum.of(settings);
        int codes = Math.multiplyExact(capacity, shape.atoms());
        this.images = new Matrix(capacity, shape.values());
        this.states = new Matrix(capacity, shape.atoms());
        this.products = new Matrix(capacity, shape.atoms());
        this.correlations = new float[codes];
        this.product = new float[codes];
        this.beforeShrinkage = new float[settings.layers()][codes];
        this.state = new float[settings.layers() + 1][codes];
    }

    /** The images encoded last, [capacity, values]. */
    public Matrix images() {
        return images;
    }

    /**
     * Encodes a batch.
     *
     * @param step τ
     * @param batch centred images, [count, values]
     */
    public void encode(Gram gram, double step, float[] batch, int count, CodeBatch out) {
        if (count < 1 || count > capacity) {
            throw new IllegalArgumentException("batch of " + count + " images, this engine takes 1 to " + capacity);
        }
        this.step = (float) step;
        int atoms = shape.atoms();
        int codes = count * atoms;
        float threshold = (float) (settings.lambda() * step);
        images.put(0, batch, 0, count * shape.values());
        Blas.multiplyTransposed(count, atoms, shape.values(), 1, images, gram.atoms(), 0, products);
        products.get(0, correlations, 0, codes);
        float[] x = out.codes();
        Arrays.fill(x, 0, codes, 0);
        Arrays.fill(product, 0, codes, 0);
        Arrays.fill(state[0], 0, codes, 0);
        for (int k = 0; k < settings.layers(); k++) {
            float[] z = state[k];
            float[] u = beforeShrinkage[k];
            if (k > 0) {
                states.put(0, z, 0, codes);
                Blas.multiply(count, atoms, atoms, 1, states, gram.products(), 0, products);
                products.get(0, product, 0, codes);
            }
            for (int i = 0; i < codes; i++) {
                u[i] = z[i] - this.step * (product[i] - correlations[i]);
            }
            float[] next = state[k + 1];
            for (int at = 0; at < codes; at += shape.groupSize()) {
                shrinkage.shrink(u, at, threshold, next, at);
            }
            for (int i = 0; i < codes; i++) {
                float xNext = next[i];
                next[i] = xNext + momentum[k] * (xNext - x[i]);
                x[i] = xNext;
            }
        }
        out.count(count);
        finish(gram, batch, count, out);
    }

    private void finish(Gram gram, float[] batch, int count, CodeBatch out) {
        int values = shape.values();
        states.put(0, out.codes(), 0, count * shape.atoms());
        Matrix reconstructions = images;
        Blas.multiply(count, values, shape.atoms(), 1, states, gram.atoms(), 0, reconstructions);
        reconstructions.get(0, out.reconstructions(), 0, count * values);
        images.put(0, batch, 0, count * values);
        for (int b = 0; b < count; b++) {
            double error = 0;
            for (int i = b * values; i < (b + 1) * values; i++) {
                float difference = batch[i] - out.reconstructions()[i];
                error += (double) difference * difference;
            }
            out.squaredErrors()[b] = (float) error;
            for (int g = 0; g < shape.groups(); g++) {
                int at = b * shape.atoms() + g * shape.groupSize();
                double squares = 0;
                for (int i = at; i < at + shape.groupSize(); i++) {
                    squares += (double) out.codes()[i] * out.codes()[i];
                }
                out.groupNorms()[b * shape.groups() + g] = (float) Math.sqrt(squares);
            }
        }
    }

    /**
     * The backward pass of the batch that was encoded last.
     *
     * @param dx gradient at the codes, [count, atoms]; written over
     * @param dCorrelations gradient at c, [capacity, atoms]; written
     * @param dGram gradient at G, [atoms, atoms]; written
     */
    public void backward(Gram gram, float[] dx, int count, Matrix dCorrelations, Matrix dGram) {
        int atoms = shape.atoms();
        int codes = count * atoms;
        float threshold = (float) (settings.lambda() * (double) step);
        float[] dc = new float[codes];
        float[] du = new float[codes];
        float[] dz = new float[codes];
        float[] dxk = new float[codes];
        for (int k = settings.layers() - 1; k >= 0; k--) {
            float m = momentum[k];
            for (int i = 0; i < codes; i++) {
                dxk[i] = dx[i] + (1 + m) * dz[i];
                dx[i] = -m * dz[i];
            }
            for (int at = 0; at < codes; at += shape.groupSize()) {
                shrinkage.backward(beforeShrinkage[k], at, threshold, dxk, at, du, at);
            }
            for (int i = 0; i < codes; i++) {
                dc[i] += step * du[i];
            }
            dCorrelations.put(0, du, 0, codes);
            states.put(0, state[k], 0, codes);
            Blas.transposedMultiply(
                    atoms, atoms, count, -step, states, dCorrelations, k == settings.layers() - 1 ? 0 : 1, dGram);
            Blas.multiply(count, atoms, atoms, 1, dCorrelations, gram.products(), 0, products);
            products.get(0, product, 0, codes);
            for (int i = 0; i < codes; i++) {
                dz[i] = du[i] - step * product[i];
            }
        }
        dCorrelations.put(0, dc, 0, codes);
    }

    @Override
    public void close() {
        images.close();
        states.close();
        products.close();
    }
}
