package org.silhouettes.core.update;

import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Gram;
import org.silhouettes.core.encoder.UnrolledEncoder;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.Kernels;

/** Implementation of one {@link UpdateRule}, with its buffers. Not thread-safe. */
public interface DictionaryUpdate extends AutoCloseable {

    /**
     * The update of {@code settings.rule()}.
     *
     * @param kernels what multiplies the matrices
     * @param gram of the dictionaries that are updated
     * @param encoder of the mini-batches; records its layers for {@code BACKPROP}
     * @param batch the largest mini-batch
     */
    static DictionaryUpdate of(
            UpdateSettings settings, Kernels kernels, Gram gram, UnrolledEncoder encoder, int batch) {
        return switch (settings.rule()) {
            case BACKPROP -> new BackpropUpdate(gram, settings, kernels, encoder, batch);
            case DECODER -> new DecoderUpdate(gram.shape(), settings, kernels, batch);
            case ALTERNATING -> new AlternatingUpdate(gram.shape(), settings, kernels, batch);
        };
    }

    /**
     * Changes the atoms of the encoding's dictionary by one mini-batch.
     *
     * @param encoding the last one of the training step's encoder
     * @return false if the result would not be finite: dictionary and state are unchanged
     */
    boolean apply(Encoding encoding, TrainingState state, UpdateContext context);

    @Override
    void close();
}
