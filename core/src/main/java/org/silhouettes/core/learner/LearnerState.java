package org.silhouettes.core.learner;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.imaging.ImageShape;

/**
 * All there is to persist of a learner: restored, it goes on as if nothing had happened. Live objects, not copies.
 *
 * @param image shape of the model's images
 * @param dictionary null during warm-up
 * @param optimiser what the update remembers
 * @param mean running mean image
 * @param warmUp images buffered for the initialisation, empty once there is a dictionary
 * @param gathered samples of images learned from that new groups will be looked for in, see {@link Consolidation}
 * @param pending the partly filled mini-batch
 * @param pendingUnlearned images marked never to be learned from, not yet encoded
 * @param learned images the dictionary has learned from
 * @param random state of the model's random numbers
 */
public record LearnerState(
        ImageShape image,
        Dictionary dictionary,
        OptimiserState optimiser,
        RunningMean mean,
        List<StreamImage> warmUp,
        List<byte[]> gathered,
        List<StreamImage> pending,
        List<StreamImage> pendingUnlearned,
        long learned,
        long random) {

    /**
     * The same with further images in its buffers, in their order, where a learner would have put them.
     *
     * @param images too few to fill a mini-batch or the warm-up: a learner would only have kept them
     */
    public LearnerState withBuffered(List<StreamImage> images) {
        List<StreamImage> learning = new ArrayList<>(dictionary == null ? warmUp : pending);
        List<StreamImage> unlearned = new ArrayList<>(pendingUnlearned);
        for (StreamImage next : images) {
            (next.learn() ? learning : unlearned).add(next);
        }
        return new LearnerState(
                image,
                dictionary,
                optimiser,
                mean,
                dictionary == null ? learning : warmUp,
                gathered,
                dictionary == null ? pending : learning,
                unlearned,
                learned,
                random);
    }
}
