package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.PrototypeClassifier;
import org.silhouettes.core.organisation.GuidanceLoss;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class GuidanceLossTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(3, 2, new ImageShape(3, 3, 1));
    private static final int COUNT = 4;

    @Test
    void gradientIsThatOfTheTermByFiniteDifferences() {
        for (long seed = 0; seed < 5; seed++) {
            Random64 random = new Random64(seed);
            Encoding codes = Encoding.zeros(
                    RandomProblem.dictionary(SHAPE, new Random64(seed)), new float[COUNT * SHAPE.values()], COUNT);
            for (int i = 0; i < COUNT * SHAPE.atoms(); i++) {
                codes.codes()[i] = (float) random.nextDouble();
            }
            // one inactive group, one image without a target
            Arrays.fill(codes.codes(), 2, 4, 0);
            GuidanceLoss.Targets targets =
                    new GuidanceLoss.Targets(new int[] {2, 0, PrototypeClassifier.NONE, 1}, 0.3, 0.7);
            norms(codes);
            float[] gradient = new float[COUNT * SHAPE.atoms()];

            new GuidanceLoss(SHAPE).addTo(gradient, codes, targets);

            for (int i = 0; i < gradient.length; i++) {
                if (i == 2 || i == 3) {
                    assertThat(gradient[i]).as("inactive group").isZero();
                    continue;
                }
                float kept = codes.codes()[i];
                codes.codes()[i] = kept + 1e-3f;
                double above = loss(codes, targets);
                codes.codes()[i] = kept - 1e-3f;
                double below = loss(codes, targets);
                codes.codes()[i] = kept;
                assertThat((double) gradient[i])
                        .as("seed %d, unit %d", seed, i)
                        .isCloseTo((above - below) / 2e-3, within(2e-4));
            }
        }
    }

    @Test
    void guidedUpdatesRaiseTheShareOfTheTargetGroups() {
        for (long seed = 0; seed < 5; seed++) {
            Random64 random = new Random64(seed);
            Dictionary dictionary = RandomProblem.dictionary(SHAPE, random);
            float[] images = new float[COUNT * SHAPE.values()];
            for (int i = 0; i < images.length; i++) {
                images[i] = (float) random.nextGaussian();
            }
            EncoderSettings encoder =
                    new EncoderSettings(0.05, 0.2, StepRule.CLAMPED, 8, Unrolling.FISTA, Shrinkage.ONE_SIDED_AUTHORS);
            UpdateSettings update = new UpdateSettings(UpdateRule.BACKPROP, 5e-3, 0.9, 0.999, 1e-8, 1, 0);
            GuidanceLoss.Targets targets = new GuidanceLoss.Targets(new int[] {0, 1, 2, 0}, 10, 1);
            TrainingState state = new TrainingState();
            try (TrainingStep engine = new TrainingStep(SHAPE, encoder, update, COUNT)) {
                double before = loss(engine.encode(dictionary, state, images, COUNT), targets);
                for (int i = 0; i < 50; i++) {
                    Encoding encoding = engine.encode(dictionary, state, images, COUNT);
                    engine.update(dictionary, state, encoding, targets);
                }

                assertThat(loss(engine.encode(dictionary, state, images, COUNT), targets))
                        .as("seed %d", seed)
                        .isLessThan(0.9 * before);
            }
        }
    }

    /** γ/count Σ −log softmax(n/T)_t, straight from the definition. */
    private static double loss(Encoding codes, GuidanceLoss.Targets targets) {
        norms(codes);
        double loss = 0;
        for (int b = 0; b < COUNT; b++) {
            if (targets.groups()[b] == PrototypeClassifier.NONE) {
                continue;
            }
            double sum = 0;
            for (int g = 0; g < SHAPE.groups(); g++) {
                sum += Math.exp(codes.groupNorms()[b * SHAPE.groups() + g] / targets.temperature());
            }
            double own = codes.groupNorms()[b * SHAPE.groups() + targets.groups()[b]];
            loss += Math.log(sum) - own / targets.temperature();
        }
        return targets.weight() / COUNT * loss;
    }

    private static void norms(Encoding codes) {
        for (int at = 0; at < COUNT * SHAPE.groups(); at++) {
            codes.groupNorms()[at] = (float) Math.hypot(codes.codes()[2 * at], codes.codes()[2 * at + 1]);
        }
    }
}
