package org.silhouettes.core.encoder;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.GroupNorms;

/**
 * What the encoder makes of one mini-batch; made once for a largest batch and written over by every encoding, so a
 * reader that keeps a value copies it. Only the first {@link #count()} rows are meaningful.
 */
public final class CodeBatch {

    private final DictionaryShape shape;
    private final int capacity;
    private final float[] codes;
    private final float[] groupNorms;
    private final float[] reconstructions;
    private final float[] squaredErrors;
    private int count;
    private Decoder decoder;
    private Dictionary dictionary;
    private long version;

    public CodeBatch(DictionaryShape shape, int capacity) {
        this.shape = shape;
        this.capacity = capacity;
        this.codes = new float[Math.multiplyExact(capacity, shape.atoms())];
        this.groupNorms = new float[Math.multiplyExact(capacity, shape.groups())];
        this.reconstructions = new float[Math.multiplyExact(capacity, shape.values())];
        this.squaredErrors = new float[capacity];
    }

    public DictionaryShape shape() {
        return shape;
    }

    /** Largest number of images it can hold. */
    public int capacity() {
        return capacity;
    }

    /** Images encoded last. */
    public int count() {
        return count;
    }

    /** How many rows the arrays now hold. */
    public void count(int images) {
        if (images < 0 || images > capacity) {
            throw new IllegalArgumentException("batch of " + images + " images, this code batch holds " + capacity);
        }
        this.count = images;
        this.decoder = null;
    }

    /** Set by the encoder: what makes the reconstructions, of which dictionary. */
    void decodable(Decoder by, Dictionary of) {
        decoder = by;
        dictionary = of;
        version = of.version();
    }

    /** Codes x, [capacity, groups * groupSize], row-major. */
    public float[] codes() {
        return codes;
    }

    /** Group norms n_g = ‖x_g‖₂, [capacity, groups]. */
    public float[] groupNorms() {
        return groupNorms;
    }

    /** The strongest group of image {@code b}, see {@link GroupNorms#strongest}. */
    public int strongestGroup(int b) {
        return GroupNorms.strongest(groupNorms, b * shape.groups(), shape.groups());
    }

    /**
     * Reconstructions xW of the centred images, [capacity, values]; made when they are first asked for, because most readers
     * never do.
     *
     * @throws IllegalStateException where the dictionary has been updated since it encoded the batch
     */
    public float[] reconstructions() {
        if (decoder != null) {
            if (dictionary.version() != version) {
                throw new IllegalStateException("the dictionary is at version " + dictionary.version()
                        + ", the batch was encoded at " + version
                        + ": ask for reconstructions before the dictionary learns from the batch");
            }
            decoder.decode(dictionary, this, reconstructions);
            decoder = null;
        }
        return reconstructions;
    }

    /** ‖y − xW‖² per image, [capacity]. */
    public float[] squaredErrors() {
        return squaredErrors;
    }
}
