package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.encoder.EncoderSettings;

/**
 * The unrolled encoder and the dictionary update with all their buffers, for every model of one shape that a thread
 * works on. Holds no state of a model: that is the dictionary and its {@link OptimiserState}. Not thread-safe.
 */
public final class LearningEngine implements AutoCloseable {

    private final DictionaryShape shape;
    private final int batch;

    /** @param batch the largest mini-batch */
    public LearningEngine(DictionaryShape shape, EncoderSettings encoder, UpdateSettings update, int batch) {
        this.shape = shape;
        this.batch = batch;
    }

    public DictionaryShape shape() {
        return shape;
    }

    public int batch() {
        return batch;
    }

    /**
     * Encodes a batch and fills {@code out}.
     *
     * @param images centred images, [count, values], row-major
     */
    public void encode(Dictionary dictionary, OptimiserState state, float[] images, int count, CodeBatch out) {
        throw new UnsupportedOperationException();
    }

    /** Updates the dictionary with the batch that {@link #encode} was given last; the version grows by one. */
    public void learn(Dictionary dictionary, OptimiserState state, float[] images, int count, CodeBatch codes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
