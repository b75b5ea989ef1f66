package org.silhouettes.core.learner;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.state.StreamImage;

/** What a learner tells while it works; all arguments are live and hold until the call returns. */
public interface LearnerListener {

    /** The warm-up is over and the model has its first dictionary, at version 0. */
    default void initialised(Dictionary dictionary) {}

    /**
     * A batch was encoded, before anything was learned from it (test-then-train).
     *
     * @param images the images, in stream order
     * @param centred their centred values, [images.size(), values]
     * @param codes their codes by the dictionary as it stands
     * @param learn whether the dictionary is about to be updated with them
     */
    default void encoded(
            List<StreamImage> images, float[] centred, CodeBatch codes, Dictionary dictionary, boolean learn) {}

    /**
     * The dictionary has got further groups behind those it had; {@link #updated} follows.
     *
     * @param dictionary with the new groups
     * @param more how many there are
     */
    default void grown(Dictionary dictionary, int more) {}

    /**
     * The dictionary has no room for further groups in memory, which its images may ask for.
     *
     * @param dictionary with as many groups as it may have
     */
    default void groupsLimited(Dictionary dictionary) {}

    /** The dictionary was updated: its version has grown by one. */
    default void updated(Dictionary dictionary) {}
}
