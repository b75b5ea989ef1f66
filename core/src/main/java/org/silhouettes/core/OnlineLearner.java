package org.silhouettes.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.silhouettes.core.BatchResult.ImageCode;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.LearnerListener;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.TrainingStepCache;
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

    private final TrainingStepCache engines;
    private final Learner learner;

    private OnlineLearner(LearnerSettings settings, LearnerState state) {
        this.engines = new TrainingStepCache(settings);
        this.learner = new Learner(state, engines);
    }

    /** A learner that has seen nothing yet. */
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
        pictures.forEach(picture -> learner.accept(new StreamImage(picture.samples(), null, null, true), result));
        return result.result();
    }

    /** Learns from the images that wait for a full mini-batch or for the initialisation. */
    public BatchResult flush() {
        Result result = new Result();
        learner.flush(result);
        return result.result();
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
        engines.close();
    }

    /** Collects what one call does. */
    private static final class Result implements LearnerListener {

        private final List<ImageCode> images = new ArrayList<>();
        private int updates;
        private boolean initialised;
        private int newGroups;

        @Override
        public void initialised(Dictionary dictionary) {
            initialised = true;
        }

        @Override
        public void encoded(
                List<StreamImage> batch, float[] centred, CodeBatch codes, Dictionary dictionary, boolean learn) {
            int atoms = codes.shape().atoms();
            for (int b = 0; b < batch.size(); b++) {
                float[] code = Arrays.copyOfRange(codes.codes(), b * atoms, (b + 1) * atoms);
                images.add(new ImageCode(dictionary.version(), code, codes.squaredErrors()[b]));
            }
        }

        @Override
        public void grown(Dictionary dictionary, int more) {
            newGroups += more;
        }

        @Override
        public void updated(Dictionary dictionary) {
            updates++;
        }

        BatchResult result() {
            return new BatchResult(images, updates, initialised, newGroups);
        }
    }
}
