package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.activity.ActivityTracker;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.LearnerState;
import org.silhouettes.core.learner.StreamImage;
import org.silhouettes.core.learner.UpdateRule;

/** Estimates of what models take, good to a few per cent for all but tiny ones. */
final class ModelSize {

    private static final long OBJECTS = 4096;
    private static final long PER_IMAGE = 160;

    private ModelSize() {}

    /** Heap of a live model, bytes. */
    static long bytes(LearnerState state, ActivityTracker activity) {
        long values = state.image().values();
        long floats = values;
        if (state.dictionary() != null) {
            floats += state.dictionary().shape().size();
        }
        for (float[] array : state.optimiser().arrays().values()) {
            floats += array.length;
        }
        return OBJECTS
                + 4 * floats
                + 8 * values
                + bytes(state.warmUp(), values)
                + bytes(state.pending(), values)
                + bytes(state.pendingUnlearned(), values)
                + activity.bytes();
    }

    private static long bytes(List<StreamImage> images, long values) {
        return images.size() * (values + PER_IMAGE);
    }

    /** Heap that a new model of these images will take once it learns, bytes; without labels' statistics. */
    static long expectedBytes(ImageShape image, LearnerSettings settings) {
        double values = image.values();
        double atoms = (double) Math.max(1, settings.groups()) * settings.groupSize();
        double learning = settings.update().rule() == UpdateRule.ALTERNATING
                ? 4 * (2 * atoms * values + atoms * atoms)
                : 4 * 3 * atoms * values;
        double warmUp = settings.initialisation().warmUpImages() * (values + PER_IMAGE);
        return (long) Math.min(Long.MAX_VALUE, OBJECTS + 12 * values + Math.max(learning, warmUp));
    }
}
