package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Kernels;
import org.silhouettes.core.linalg.WeightedRows;

/**
 * The unrolled encoder of eq. 11 on a mini-batch, and its backward pass. c = yWᵀ is one dense product of the whole batch;
 * from there on codes are sparse (about 2 of 10 groups are on in a layer, and half of the units in these), and an image
 * goes through all layers by {@link ImageEncoder}, whose work is in proportion to the units that are not zero.
 *
 * <p>Scratch of one thread, of no model. Not thread-safe. Memory: 2 · [capacity, atoms] float32; where layers are recorded, up to 2 · [capacity, layers, atoms] (a fifth of that on the paper's
 * group-sparse model) and 6 · [atoms, atoms] more.
 */
public final class UnrolledEncoder implements AutoCloseable {

    private static final Kernels KERNELS = Kernels.best();

    private final DictionaryShape shape;
    private final int capacity;
    private final ImageEncoder encoder;
    private final ImageGradient gradient;
    private final GramGradient gramGradient;
    private final Trace trace;
    /** c, [capacity, atoms]. */
    private final float[] correlations;

    private final Decoder decoder;
    private final int[] on;
    private final float[] last;
    /** c − xG of each image at the groups that are on, [capacity, atoms]. */
    private final float[] residuals;

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
        this.correlations = new float[Math.multiplyExact(capacity, atoms)];
        this.decoder = new Decoder(shape);
        this.on = new int[shape.groups()];
        this.last = new float[atoms];
        this.residuals = new float[correlations.length];
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
        gram.transposed().multiply(batch, 0, count, correlations);
        if (trace != null) {
            trace.clear();
        }
        KERNELS.groupSquares(batch, count, shape.values(), false, out.squaredErrors());
        for (int b = 0; b < count; b++) {
            int from = b * atoms;
            encoder.encode(gram, correlations, from, this.step, threshold, trace);
            System.arraycopy(encoder.codes(), 0, out.codes(), from, atoms);
            out.squaredErrors()[b] = Math.max(0, out.squaredErrors()[b] - explained(gram, from));
        }
        float[] norms = out.groupNorms();
        KERNELS.groupSquares(out.codes(), count * shape.groups(), shape.groupSize(), false, norms);
        for (int i = 0; i < count * shape.groups(); i++) {
            norms[i] = (float) Math.sqrt(norms[i]);
        }
        out.count(count);
        out.decodable(decoder, gram.dictionary());
    }

    /**
     * What the code of an image explains of its square, and r. With the residual correlations r = c − xG, where the code is on,
     *
     * <pre>
     *   ‖y − xW‖² = ‖y‖² − x · (c + r)
     * </pre>
     *
     * <p>which needs no reconstruction; rounding is held from making it negative.
     *
     * @param from where the image's c starts
     */
    private float explained(Gram gram, int from) {
        int size = shape.groupSize();
        int count = encoder.listOn(on);
        WeightedRows support = encoder.support();
        if (size < Gram.SMALLEST_BLOCK) {
            gram.rows().sum(support, -1, correlations, from, residuals, from);
        } else {
            gram.rows().sumBlocks(support, -1, on, count, correlations, from, residuals, from);
        }
        float explained = 0;
        for (int i = 0; i < count; i++) {
            int at = on[i] * size;
            explained += KERNELS.dot(encoder.codes(), at, correlations, from + at, size);
            explained += KERNELS.dot(encoder.codes(), at, residuals, from + at, size);
        }
        return explained;
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
    public float[] backward(Gram gram, float scale, float[] codes, int count, float[] others, float[] d) {
        int atoms = shape.atoms();
        for (int b = 0; b < count; b++) {
            int from = b * atoms;
            KERNELS.combine(-scale, codes, from, 0, codes, from, d, from, atoms);
            if (others == null) {
                KERNELS.combine(-scale, residuals, from, 0, residuals, from, last, 0, atoms);
            } else {
                KERNELS.combine(-scale, residuals, from, 1, others, from, last, 0, atoms);
            }
            gradient.backward(gram.rows(), trace, b, last, d, from, step, threshold);
        }
        return gramGradient.sum(trace, codes, count, scale / 2);
    }

    @Override
    public void close() {
        if (gramGradient != null) {
            gramGradient.close();
        }
    }
}
