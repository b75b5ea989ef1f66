package org.silhouettes.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.silhouettes.core.BatchResult.ImageCode;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.learner.EncodedBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.TrainingStepCache;
import org.silhouettes.core.learner.UpdateResult;
import org.silhouettes.core.state.LearnerState;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

/**
 * Learns one dictionary from a stream of pictures of one shape. This is the entry point for programs that use the method
 * without Flink.
 *
 * <p>Each image is encoded before the dictionary learns from it. The result depends on the images and their order alone:
 * neither on how they are divided between calls, nor on states that were saved and restored in between. Not thread-safe.
 */
public final class OnlineLearner implements AutoCloseable {

    private final TrainingStepCache steps;
    private final Learner learner;

    private OnlineLearner(LearnerSettings settings, LearnerState state) {
        this.steps = new TrainingStepCache(settings);
        this.learner = new Learner(state, steps);
    }

    /** A learner without any image. */
    public static OnlineLearner create(LearnerSettings settings, ImageShape shape) {
        return new OnlineLearner(settings, LearnerState.empty(shape, settings.seed()));
    }

    /** A learner that continues from a state; the state can be used again. */
    public static OnlineLearner restore(LearnerSettings settings, LearnerState state) {
        return new OnlineLearner(settings, state.copy());
    }

    /**
     * Learns from the next pictures of the stream, any number of them.
     *
     * @throws IllegalArgumentException where a picture has another shape than the learner
     */
    public BatchResult learn(List<Picture> pictures) {
        for (Picture picture : pictures) {
            if (!picture.shape().equals(learner.image())) {
                throw new IllegalArgumentException("picture is " + picture.shape() + ", the learner takes "
                        + learner.image() + ": resize or crop it first");
            }
        }
        Result result = new Result();
        for (Picture picture : pictures) {
            learner.accept(new StreamImage(picture.samples(), null, null, true));
            learnDue(false, result);
        }
        return result.result();
    }

    /** Learns from the images that wait for a full mini-batch or for the initialisation. */
    public BatchResult flush() {
        Result result = new Result();
        learnDue(true, result);
        return result.result();
    }

    private void learnDue(boolean flush, Result result) {
        result.initialised |= learner.initialise(flush).isPresent();
        for (EncodedBatch batch = learner.encode(flush); batch != null; batch = learner.encode(flush)) {
            result.addCodes(batch.encoding());
            UpdateResult update = learner.learn(batch);
            result.updates += update.updated() ? 1 : 0;
            result.newGroups += update.newGroups();
        }
    }

    /** A copy of the dictionary; empty before the initialisation. */
    public Optional<Dictionary> dictionary() {
        return Optional.ofNullable(learner.dictionary()).map(Dictionary::copy);
    }

    /** A copy of all that {@link #restore} needs; {@code LearnerStateMapper} writes it. */
    public LearnerState state() {
        return learner.state().copy();
    }

    @Override
    public void close() {
        steps.close();
    }

    /** Sums up what one call does. */
    private static final class Result {

        private final List<ImageCode> images = new ArrayList<>();
        private int updates;
        private boolean initialised;
        private int newGroups;

        void addCodes(Encoding encoding) {
            int atoms = encoding.shape().atoms();
            for (int b = 0; b < encoding.count(); b++) {
                float[] code = Arrays.copyOfRange(encoding.codes(), b * atoms, (b + 1) * atoms);
                images.add(new ImageCode(encoding.version(), code, encoding.squaredErrors()[b]));
            }
        }

        BatchResult result() {
            return new BatchResult(images, updates, initialised, newGroups);
        }
    }
}
