package org.silhouettes.core.learner;

import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.TrainingState;

/** Implementation of one {@link UpdateRule}, with its buffers. Not thread-safe. */
interface DictionaryUpdate extends AutoCloseable {

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
