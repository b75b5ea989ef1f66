package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/** Dictionaries and images that follow from a seed, for tests of the engine. */
final class RandomProblem {

    static final DictionaryShape SHAPE = new DictionaryShape(4, 16, new ImageShape(8, 9, 1));
    static final int BATCH = 24;
    static final EncoderSettings ENCODER =
            new EncoderSettings(0.6, 0.05, StepRule.CLAMPED, 8, Unrolling.FISTA, Shrinkage.ONE_SIDED_AUTHORS);

    private RandomProblem() {}

    /** Gaussian atoms of unit norm. */
    static Dictionary dictionary(long seed) {
        return dictionary(SHAPE, new Random64(seed));
    }

    /** The same of another shape, with the numbers that come next. */
    static Dictionary dictionary(DictionaryShape shape, Random64 random) {
        float[] atoms = new float[shape.size()];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) random.nextGaussian();
        }
        Dictionary dictionary = new Dictionary(shape, atoms, 0);
        dictionary.normaliseInPlace();
        return dictionary;
    }

    /** Gaussian images, [BATCH, values]. */
    static float[] images(long seed) {
        Random64 random = new Random64(~seed);
        float[] images = new float[BATCH * SHAPE.values()];
        for (int i = 0; i < images.length; i++) {
            images[i] = 0.35f * (float) random.nextGaussian();
        }
        return images;
    }

    static TrainingStep engine(EncoderSettings encoder, UpdateRule rule) {
        return engine(SHAPE, encoder, rule);
    }

    static TrainingStep engine(DictionaryShape shape, EncoderSettings encoder, UpdateRule rule) {
        return new TrainingStep(shape, encoder, new UpdateSettings(rule, 1e-3, 0.9, 0.999, 1e-8, 1, 0), BATCH);
    }

    /** Encodes a batch and learns from it. */
    static Encoding step(TrainingStep engine, Dictionary dictionary, TrainingState state, float[] images) {
        Encoding encoding = engine.encode(dictionary, state, images, BATCH);
        engine.update(dictionary, state, encoding);
        return encoding;
    }
}
