package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;

/**
 * The unrolled encoder of eq. 11 on a mini-batch, and its backward pass. c = yWᵀ is one dense product of the whole batch;
 * from there on codes are sparse (about 2 of 10 groups are on in a layer), and images go through the layers by
 * {@link LayeredEncoder}, whose work is in proportion to the groups that are on.
 *
 * <p>Scratch of one thread, of no model. Not thread-safe. Memory: that of {@code TrainingStep}'s encoder, and of {@code BACKPROP} where
 * layers are recorded.
 */
public final class UnrolledEncoder implements AutoCloseable {

    private static final Kernels KERNELS = Kernels.best();

    private final DictionaryShape shape;
    private final int capacity;
    private final LayeredEncoder encoder;
    private final ImageGradient gradient;
    private final GramGradient gramGradient;
    private final ForwardTape trace;
    /** −c, [capacity, atoms]. */
    private final float[] negated;

    private final Encoding encoding;
    private final float[] last;
    /** xG − c of each image at the groups that are on, [capacity, atoms]. */
    private final float[] residuals;

    /**
     * @param capacity the largest mini-batch
     * @param record whether {@link #backward} will be asked for
     */
    public UnrolledEncoder(DictionaryShape shape, EncoderSettings settings, int capacity, boolean record) {
        int atoms = shape.atoms();
        this.shape = shape;
        this.capacity = capacity;
        this.encoder = new LayeredEncoder(shape, settings, capacity);
        this.gradient = record ? new ImageGradient(shape, settings) : null;
        this.gramGradient = record ? new GramGradient(shape, Kernels.of(settings.backend())) : null;
        this.trace = record ? new ForwardTape(shape, settings.layers(), capacity) : null;
        this.negated = new float[Math.multiplyExact(capacity, atoms)];
        this.encoding = new Encoding(shape, capacity);
        this.last = new float[atoms];
        this.residuals = new float[record ? negated.length : 0];
    }

    /**
     * Encodes a mini-batch with the dictionary of {@code gram}.
     *
     * @param lambda weight λ of the group penalty
     * @param step step τ of a layer
     * @param images centred images, [count, values]
     * @param count 1 … capacity
     * @return the encoding, overwritten by the next call
     */
    public Encoding encode(Gram gram, double lambda, double step, float[] images, int count) {
        if (count < 1 || count > capacity) {
            throw new IllegalArgumentException("batch must have 1 to " + capacity + " images, got " + count);
        }
        Encoding out = encoding;
        out.start(gram.dictionary(), images, count);
        out.parameters(lambda, (float) step);
        int atoms = shape.atoms();
        gram.transposed().multiply(images, 0, count, negated);
        KERNELS.scale(negated, 0, count * atoms, -1);
        if (trace != null) {
            trace.start(count);
        }
        KERNELS.groupSquares(images, count, shape.values(), false, out.squaredErrors());
        for (int first = 0; first < count; first += LayeredEncoder.TOGETHER) {
            encode(gram, first, Math.min(LayeredEncoder.TOGETHER, count - first), out);
        }
        for (int b = 0; b < count; b++) {
            out.squaredErrors()[b] = Math.max(0, out.squaredErrors()[b]);
        }
        float[] norms = out.groupNorms();
        KERNELS.groupSquares(out.codes(), count * shape.groups(), shape.groupSize(), false, norms);
        for (int i = 0; i < count * shape.groups(); i++) {
            norms[i] = (float) Math.sqrt(norms[i]);
        }
        return out;
    }

    private void encode(Gram gram, int first, int together, Encoding out) {
        int from = first * shape.atoms();
        int length = together * shape.atoms();
        encoder.encode(gram, negated, from, together, out.step(), out.threshold(), trace);
        float[] rest = encoder.residuals(gram, negated, from);
        System.arraycopy(encoder.codes(), 0, out.codes(), from, length);
        if (trace != null) {
            System.arraycopy(rest, 0, residuals, from, length);
        }
        subtractExplained(encoder.on(), rest, first, out);
    }

    /**
     * Makes errors of the squares of the images. With r = xG − c, where the code is on,
     *
     * <pre>
     *   ‖y − xW‖² = ‖y‖² − x · (c − r)
     * </pre>
     *
     * <p>which needs no reconstruction; rounding is held from making it negative.
     */
    private void subtractExplained(GroupList on, float[] rest, int first, Encoding out) {
        int size = shape.groupSize();
        int from = first * shape.atoms();
        float[] errors = out.squaredErrors();
        for (int i = 0; i < on.count; i++) {
            int at = on.number[i] * size;
            int image = first + on.number[i] / shape.groups();
            errors[image] += KERNELS.dot(out.codes(), from + at, negated, from + at, size);
            errors[image] += KERNELS.dot(out.codes(), from + at, rest, at, size);
        }
    }

    /**
     * The backward pass for the loss ½·scale·Σ‖xW − y‖². The gradient at W is S·W + Dᵀ·y. With r = xW − y, the gradient at
     * the codes is scale · rWᵀ = scale · (xG − c), and the decoder's part of the gradient at W is scale · xᵀr = scale ·
     * (xᵀx W − xᵀy): neither needs a product of its own.
     *
     * @param encoded the last encoding of this encoder
     * @param others gradient of further loss terms at the codes, [count, atoms], 0 in inactive groups; or null
     * @param d D = dc − scale · x, [count, atoms]; overwritten
     * @return S = dG + dGᵀ + scale · xᵀx, [atoms, atoms], valid until the next call
     */
    public float[] backward(Gram gram, Encoding encoded, float scale, float[] others, float[] d) {
        int atoms = shape.atoms();
        float[] codes = encoded.codes();
        for (int b = 0; b < encoded.count(); b++) {
            int from = b * atoms;
            KERNELS.combine(-scale, codes, from, 0, codes, from, d, from, atoms);
            if (others == null) {
                KERNELS.combine(scale, residuals, from, 0, residuals, from, last, 0, atoms);
            } else {
                KERNELS.combine(scale, residuals, from, 1, others, from, last, 0, atoms);
            }
            gradient.backward(gram.rows(), trace, b, last, d, from, encoded.step(), encoded.threshold());
        }
        return gramGradient.sum(trace, codes, encoded.count(), scale / 2);
    }

    /** Bytes of the forward tape, the only part that grows with the number of active groups. */
    public long tapeBytes() {
        return trace == null ? 0 : trace.bytes();
    }

    @Override
    public void close() {
        if (gramGradient != null) {
            gramGradient.close();
        }
    }
}
