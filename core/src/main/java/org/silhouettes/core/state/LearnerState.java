package org.silhouettes.core.state;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.imaging.ImageShape;

/**
 * All that is persisted of a learner. A restored learner continues with the same bits. Holds live objects, not copies.
 *
 * @param image shape of the model's images
 * @param dictionary null during warm-up
 * @param training what the training step remembers
 * @param mean running mean image
 * @param buffers images kept for later
 * @param learned images the dictionary has learned from
 * @param random state of the model's random numbers
 */
public record LearnerState(
        ImageShape image,
        Dictionary dictionary,
        TrainingState training,
        RunningMean mean,
        ImageBuffers buffers,
        long learned,
        long random) {

    /** The state of a model that has seen nothing yet. */
    public static LearnerState empty(ImageShape image, long seed) {
        return new LearnerState(
                image, null, new TrainingState(), new RunningMean(image.values()), ImageBuffers.EMPTY, 0, seed);
    }

    /** A copy that shares nothing that can change. */
    public LearnerState copy() {
        return new LearnerState(
                image,
                dictionary == null ? null : dictionary.copy(),
                training.copy(),
                new RunningMean(mean.sums().clone(), mean.count()),
                buffers.mutable(),
                learned,
                random);
    }

    /**
     * The same with further images in its buffers, in their order, where a learner would have put them.
     *
     * @param images too few to fill a mini-batch or the warm-up: a learner would only have kept them
     */
    public LearnerState withBuffered(List<StreamImage> images) {
        ImageBuffers more = buffers.mutable();
        List<StreamImage> learning = dictionary == null ? more.warmUp() : more.pending();
        for (StreamImage next : images) {
            (next.learn() ? learning : more.unlearned()).add(next);
        }
        return new LearnerState(image, dictionary, training, mean, more, learned, random);
    }
}
