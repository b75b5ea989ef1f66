package org.silhouettes.core.learner;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * All there is to persist of a learner: restored, it goes on as if nothing had happened. Live objects, not copies.
 *
 * @param image shape of the model's images
 * @param dictionary null during warm-up
 * @param optimiser what the update remembers
 * @param mean running mean image
 * @param warmUp images buffered for the initialisation, empty once there is a dictionary
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
        List<StreamImage> pending,
        List<StreamImage> pendingUnlearned,
        long learned,
        long random) {}
