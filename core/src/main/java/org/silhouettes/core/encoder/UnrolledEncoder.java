package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;

/**
 * The unrolled encoder of eq. 11 for mini-batches, and its backward pass. c = yWᵀ is one dense product of the mini-batch. From
 * there on codes are sparse (about 2 of 10 groups are active per layer), so the cost of {@link LayeredEncoder} is proportional to
 * the active groups.
 *
 * <p>Holds buffers, no state of a model. Not thread-safe. {@code TrainingStep} documents the memory.
 */
public final class UnrolledEncoder implements AutoCloseable {

    private static final Kernels KERNELS = Kernels.best();

    private final DictionaryShape shape;
    private final int capacity;
    private final LayeredEncoder encoder;
    private final ImageGradient gradient;
    private final GramGradient gramGradient;
    private final ForwardTape tape;
    /** −c, [capacity, atoms]. */
    private final float[] negated;

    private final Encoding encoding;
    private final float[] last;
    /** xG − c in the active groups, [capacity, atoms]. */
    private final float[] residuals;

    /**
     * @param capacity the largest mini-batch
     * @param record whether {@link #backward} will be called
     */
    public UnrolledEncoder(DictionaryShape shape, EncoderSettings settings, int capacity, boolean record) {
        int atoms = shape.atoms();
        this.shape = shape;
        this.capacity = capacity;
        this.encoder = new LayeredEncoder(shape, settings, capacity);
        this.gradient = record ? new ImageGradient(shape, settings) : null;
        this.gramGradient = record ? new GramGradient(shape, Kernels.of(settings.backend())) : null;
        this.tape = record ? new ForwardTape(shape, settings.layers(), capacity) : null;
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
        if (tape != null) {
            tape.start(count);
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
        encoder.encode(gram, negated, from, together, out.step(), out.threshold(), tape);
        float[] rest = encoder.residuals(gram, negated, from);
        System.arraycopy(encoder.codes(), 0, out.codes(), from, length);
        if (tape != null) {
            System.arraycopy(rest, 0, residuals, from, length);
        }
        subtractExplained(encoder.active(), rest, first, out);
    }

    /**
     * Turns the squared norms of the images into errors. With r = xG − c in the active groups,
     *
     * <pre>
     *   ‖y − xW‖² = ‖y‖² − x · (c − r)
     * </pre>
     *
     * <p>which needs no reconstruction. Results are clipped at 0, as rounding can make them negative.
     */
    private void subtractExplained(GroupList active, float[] rest, int first, Encoding out) {
        int size = shape.groupSize();
        int from = first * shape.atoms();
        float[] errors = out.squaredErrors();
        for (int i = 0; i < active.count; i++) {
            int at = active.number[i] * size;
            int image = first + active.number[i] / shape.groups();
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
            gradient.backward(gram.rows(), tape, b, last, d, from, encoded.step(), encoded.threshold());
        }
        return gramGradient.sum(tape, codes, encoded.count(), scale / 2);
    }

    /** Bytes of the forward tape, the only part that grows with the number of active groups. */
    public long tapeBytes() {
        return tape == null ? 0 : tape.bytes();
    }

    @Override
    public void close() {
        if (gramGradient != null) {
            gramGradient.close();
        }
    }
}
