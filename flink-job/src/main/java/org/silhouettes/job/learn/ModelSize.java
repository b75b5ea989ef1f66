package org.silhouettes.job.learn;

import java.util.List;
import org.silhouettes.core.activity.ActivityTracker;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.learner.EngineMemory;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.LearnerState;
import org.silhouettes.core.learner.StreamImage;
import org.silhouettes.core.learner.UpdateRule;

/** Estimates of what models take, good to a few per cent for all but tiny ones. */
final class ModelSize {

    private static final long OBJECTS = 4096;
    private static final long PER_IMAGE = 160;
    private static final long PER_ARRAY = 24;
    /** Groups that are reckoned with where the initialisation chooses. */
    private static final int AUTO_GROUPS = 32;

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
                + state.gathered().size() * (values + PER_ARRAY)
                + bytes(state.pending(), values)
                + bytes(state.pendingUnlearned(), values)
                + activity.bytes();
    }

    private static long bytes(List<StreamImage> images, long values) {
        return images.size() * (values + PER_IMAGE);
    }

    /**
     * Heap that a new model of these images will take once it learns, with the buffers of an engine of that shape, bytes;
     * without labels' statistics. Beyond all bounds where one of the arrays would be longer than an array can be.
     */
    static double expectedBytes(ImageShape image, LearnerSettings settings) {
        double values = image.values();
        int groups = settings.groups() == 0 ? AUTO_GROUPS : settings.groups();
        double atoms = (double) groups * settings.groupSize();
        double batch = settings.batch();
        boolean backprop = settings.update().rule() == UpdateRule.BACKPROP;
        boolean alternating = settings.update().rule() == UpdateRule.ALTERNATING;
        double warmUpImages = settings.initialisation().warmUpImages();
        double longest = Math.max(Math.max(atoms, batch) * Math.max(atoms, values), warmUpImages * values);
        if (longest > Integer.MAX_VALUE - 16) {
            return Double.POSITIVE_INFINITY;
        }
        double learning = atoms * values + (alternating ? atoms * values + atoms * atoms : 2 * atoms * values);
        DictionaryShape shape = new DictionaryShape(groups, settings.groupSize(), image);
        double engine =
                EngineMemory.bytes(shape, settings.encoder(), settings.update().rule(), settings.batch(), groups);
        double codes = batch * (values + atoms + groups + 1);
        double warmUp = warmUpImages * (5 * values + PER_IMAGE);
        double gathered = settings.groups() == 0 && backprop
                ? settings.organisation().consolidation().images() * (5 * values + PER_ARRAY)
                : 0;
        return OBJECTS + 12 * values + Math.max(4 * (learning + codes) + engine + gathered, warmUp);
    }
}
