package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Lanes;
import org.silhouettes.core.linalg.Matrix;

/**
 * The unrolled encoder of eq. 11 on a mini-batch, and its backward pass. c = yWᵀ is one dense product of the whole batch;
 * from there on codes are sparse (about 2 of 10 groups are on in a layer, and half of the units in these), and an image
 * goes through all layers by {@link ImageEncoder}, whose work is in proportion to the units that are not zero.
 *
 * <p>Scratch of one thread, of no model. Not thread-safe. Memory: off the heap [capacity, values + atoms] float32, on it
 * 2 · [capacity, atoms]; where layers are recorded, up to 2 · [capacity, layers, atoms] (a fifth of that on the paper's
 * group-sparse model) and 6 · [atoms, atoms] more.
 */
public final class UnrolledEncoder implements AutoCloseable {

    private final DictionaryShape shape;
    private final int capacity;
    private final ImageEncoder encoder;
    private final ImageGradient gradient;
    private final GramGradient gramGradient;
    private final Trace trace;
    private final Matrix images;
    private final Matrix products;
    private final Matrix.Part allImages;
    private final Matrix.Part allProducts;
    private final float[] correlations;
    private final float[] reconstruction;
    private final float[] image;
    private final float[] last;
    private final float[] dc;
    /** xG − c of each image, [capacity][atoms], where layers are recorded. */
    private final float[][] residuals;

    private double lambda;
    private float step;
    private float threshold;

    /**
     * @param capacity the largest mini-batch
     * @param record whether {@link #backward} will be asked for
     */
    public UnrolledEncoder(DictionaryShape shape, EncoderSettings settings, int capacity, boolean record) {
        int atoms = shape.atoms();
        this.shape = shape;
        this.capacity = capacity;
        this.lambda = settings.lambda();
        this.encoder = new ImageEncoder(shape, settings);
        this.gradient = record ? new ImageGradient(shape, settings) : null;
        this.gramGradient = record ? new GramGradient(shape) : null;
        this.trace = record ? new Trace(shape, settings.layers(), capacity) : null;
        this.images = new Matrix(capacity, shape.values());
        this.products = new Matrix(capacity, atoms);
        this.allImages = images.all();
        this.allProducts = products.all();
        this.correlations = new float[atoms];
        this.reconstruction = new float[shape.values()];
        this.image = new float[shape.values()];
        this.last = new float[atoms];
        this.dc = new float[atoms];
        this.residuals = record ? new float[capacity][atoms] : null;
    }

    /** Encodes with this λ from now on, at first with that of the settings. */
    public void lambda(double next) {
        lambda = next;
    }

    /**
     * Encodes a batch and fills {@code out}.
     *
     * @param step τ
     * @param batch centred images, [count, values]
     */
    public void encode(Gram gram, double step, float[] batch, int count, CodeBatch out) {
        if (count < 1 || count > capacity) {
            throw new IllegalArgumentException("batch of " + count + " images, this engine takes 1 to " + capacity);
        }
        this.step = (float) step;
        this.threshold = (float) (lambda * this.step);
        int atoms = shape.atoms();
        images.put(0, batch, 0, count * shape.values());
        Blas.multiplyTransposed(count, atoms, shape.values(), 1, allImages, gram.atoms(), 0, allProducts);
        if (trace != null) {
            trace.clear();
        }
        for (int b = 0; b < count; b++) {
            products.get(b * atoms, correlations, 0, atoms);
            encoder.encode(gram.rows(), correlations, this.step, threshold, trace);
            System.arraycopy(encoder.codes(), 0, out.codes(), b * atoms, atoms);
            if (trace != null) {
                subtract(encoder.product(), correlations, residuals[b]);
            }
            reconstruct(gram, batch, b, out);
        }
        out.count(count);
    }

    private void reconstruct(Gram gram, float[] batch, int b, CodeBatch out) {
        int values = shape.values();
        encoder.support().into(gram.atomRows(), reconstruction);
        System.arraycopy(reconstruction, 0, out.reconstructions(), b * values, values);
        System.arraycopy(batch, b * values, image, 0, values);
        subtract(image, reconstruction, image);
        out.squaredErrors()[b] = Lanes.squares(image, 0, values);
        int size = shape.groupSize();
        for (int g = 0; g < shape.groups(); g++) {
            float squares = Lanes.squares(encoder.codes(), g * size, (g + 1) * size);
            out.groupNorms()[b * shape.groups() + g] = (float) Math.sqrt(squares);
        }
    }

    private static void subtract(float[] a, float[] b, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] - b[i];
        }
    }

    /**
     * The backward pass of the batch that was encoded last, for the loss ½·scale·Σ‖xW − y‖². The gradient at W is then S·W +
     * Dᵀ·y. With r = xW − y the gradient at the codes is scale · rWᵀ = scale · (xG − c), and that through the decoder is
     * scale · xᵀr = scale · (xᵀx W − xᵀy): neither needs a product of its own.
     *
     * @param codes x, [count, atoms]
     * @param others gradient at the codes of whatever else is in the loss, [count, atoms], or null; 0 at silent groups
     * @param d D = dc − scale · x, [count, atoms]; written
     * @return S = dG + dGᵀ + scale · xᵀx, [atoms, atoms], until the next call
     */
    public Matrix.Part backward(Gram gram, float scale, float[] codes, int count, float[] others, float[] d) {
        int atoms = shape.atoms();
        for (int b = 0; b < count; b++) {
            System.arraycopy(codes, b * atoms, dc, 0, atoms);
            scale(dc, -scale, dc);
            scale(residuals[b], scale, last);
            for (int i = 0; others != null && i < atoms; i++) {
                last[i] += others[b * atoms + i];
            }
            gradient.backward(gram.rows(), trace, b, last, dc, step, threshold);
            System.arraycopy(dc, 0, d, b * atoms, atoms);
        }
        return gramGradient.sum(trace, codes, count, scale / 2);
    }

    private static void scale(float[] a, float by, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = by * a[i];
        }
    }

    @Override
    public void close() {
        images.close();
        products.close();
        if (gramGradient != null) {
            gramGradient.close();
        }
    }
}
