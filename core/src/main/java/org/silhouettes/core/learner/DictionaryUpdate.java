package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.state.TrainingState;

/** One of the {@link UpdateRule}s at work, with its scratch. */
interface DictionaryUpdate extends AutoCloseable {

    /**
     * Changes the atoms by one mini-batch, whose encoding the engine holds.
     *
     * @return false where the outcome would not have been finite: dictionary and state are as they were
     */
    boolean apply(Dictionary dictionary, TrainingState state, float[] images, int count, CodeBatch codes);

    /** Says which groups the next mini-batch is to be led to; only an update through the layers can follow. */
    default void lead(GuidanceLoss.Targets targets) {}

    /** Says below which learning rate the next mini-batches are not to be learned from; for an update that has one. */
    default void leastRate(double rate) {}

    @Override
    void close();
}
