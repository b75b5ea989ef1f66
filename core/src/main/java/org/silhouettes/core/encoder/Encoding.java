package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.GroupNorms;

/**
 * A mini-batch encoded by a dictionary: codes, group norms and errors, with the λ and τ that were used. Its encoder reuses
 * it and overwrites it with the next mini-batch, so callers copy what they keep. Arrays may be longer than {@link #count()}
 * rows; the rest is undefined.
 */
public final class Encoding {

    private final DictionaryShape shape;
    private final Decoder decoder;
    private final float[] codes;
    private final float[] groupNorms;
    private final float[] reconstructions;
    private final float[] squaredErrors;
    private boolean decoded;
    private Dictionary dictionary;
    private long version;
    private float[] images;
    private int count;
    private double lambda;
    private float step;

    /** @param capacity the largest mini-batch */
    Encoding(DictionaryShape shape, int capacity) {
        this.shape = shape;
        this.decoder = new Decoder(shape);
        this.codes = new float[Math.multiplyExact(capacity, shape.atoms())];
        this.groupNorms = new float[Math.multiplyExact(capacity, shape.groups())];
        this.reconstructions = new float[Math.multiplyExact(capacity, shape.values())];
        this.squaredErrors = new float[capacity];
    }

    /**
     * Zero codes, norms, errors and reconstructions, which the caller may overwrite.
     *
     * @param images centred images, [count, values]
     */
    public static Encoding zeros(Dictionary dictionary, float[] images, int count) {
        Encoding zeros = new Encoding(dictionary.shape(), count);
        zeros.start(dictionary, images, count);
        zeros.decoded = true;
        return zeros;
    }

    /** Makes this the encoding of these images, whose codes the encoder writes next. */
    void start(Dictionary by, float[] batch, int size) {
        dictionary = by;
        version = by.version();
        images = batch;
        count = size;
        decoded = false;
    }

    /** Records the λ and τ of this mini-batch. */
    void parameters(double weight, float stepSize) {
        lambda = weight;
        step = stepSize;
    }

    public DictionaryShape shape() {
        return shape;
    }

    /** Number of images. */
    public int count() {
        return count;
    }

    /** The centred images y, [count, values]; the caller's array. */
    public float[] images() {
        return images;
    }

    /** The dictionary that encoded the images; live. */
    public Dictionary dictionary() {
        return dictionary;
    }

    /** The dictionary's version when it encoded the images. */
    public long version() {
        return version;
    }

    /** Whether it is by this dictionary as it stands: neither by another one nor by an earlier version. */
    public boolean isBy(Dictionary other) {
        return dictionary == other && dictionary.version() == version;
    }

    /** Weight λ of the group penalty. */
    public double lambda() {
        return lambda;
    }

    /** Step τ of a layer. */
    public float step() {
        return step;
    }

    /** Threshold θ = λτ of the shrinkage. */
    float threshold() {
        return (float) (lambda * step);
    }

    /** Codes x, [count, groups · group size], row-major. */
    public float[] codes() {
        return codes;
    }

    /** Group norms n_g = ‖x_g‖₂, [count, groups]. */
    public float[] groupNorms() {
        return groupNorms;
    }

    /** The strongest group of image {@code b}, see {@link GroupNorms#strongest}. */
    public int strongestGroup(int b) {
        return GroupNorms.strongest(groupNorms, b * shape.groups(), shape.groups());
    }

    /**
     * Reconstructions xW of the centred images, [count, values]; computed at the first call, as most callers need none.
     *
     * @throws IllegalStateException where the dictionary was updated after it encoded the mini-batch
     */
    public float[] reconstructions() {
        if (!decoded) {
            if (dictionary.version() != version) {
                throw new IllegalStateException("the dictionary is at version " + dictionary.version()
                        + ", the batch was encoded at version " + version
                        + ": read the reconstructions before the update");
            }
            decoder.decode(this, reconstructions);
            decoded = true;
        }
        return reconstructions;
    }

    /** ‖y − xW‖² of each image, [count]. */
    public float[] squaredErrors() {
        return squaredErrors;
    }
}
