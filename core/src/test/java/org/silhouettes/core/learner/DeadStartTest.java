package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.initialisation.Initialisation;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class DeadStartTest {

    private static final ImageShape SHAPE = new ImageShape(8, 8, 1);
    /** Above what random atoms reach on these images, below what learned ones do. */
    private static final double LAMBDA = 2.6;

    @ParameterizedTest
    @EnumSource
    void everyUpdateLearnsFromARandomStart(UpdateRule rule) {
        Model model = new Model(rule, LAMBDA, OrganisationSettings.DEFAULTS);

        model.learn(40_000);

        assertThat(model.silentShare()).isLessThan(0.1);
        assertThat(model.lambda()).isEqualTo(LAMBDA);
        assertThat(model.error()).isLessThan(0.8 * model.energy());
    }

    @ParameterizedTest
    @EnumSource(names = "BACKPROP")
    void withoutTheScheduleNothingIsEverLearned(UpdateRule rule) {
        Model model = new Model(rule, LAMBDA, OrganisationSettings.NONE);

        model.learn(4000);

        assertThat(model.silentShare()).isEqualTo(1);
        assertThat(model.lambda()).isEqualTo(LAMBDA);
    }

    @ParameterizedTest
    @ValueSource(doubles = 1000)
    void lambdaThatNoCodeSurvivesStaysWhereTheModelLives(double lambda) {
        Model model = new Model(UpdateRule.BACKPROP, lambda, OrganisationSettings.DEFAULTS);

        model.learn(20_000);

        assertThat(model.lambda()).isPositive().isLessThan(100);
        assertThat(model.silentShare()).isLessThan(0.6);
    }

    /** A learner of eight-by-eight images, each a bright bar in one of four places. */
    private static final class Model {

        private final TrainingStepCache engines;
        private final Learner learner;
        private final Random64 random = new Random64(3);
        private Encoding last;

        Model(UpdateRule rule, double lambda, OrganisationSettings organisation) {
            EncoderSettings encoder = new EncoderSettings(
                    lambda, 0.02, StepRule.CLAMPED, 15, Unrolling.FISTA, Shrinkage.ONE_SIDED_AUTHORS);
            UpdateSettings update = new UpdateSettings(rule, 3e-3, 0.9, 0.999, 1e-8, 1, 0);
            InitialisationSettings start = new InitialisationSettings(Initialisation.RANDOM, 100);
            engines = new TrainingStepCache(new LearnerSettings(4, 4, encoder, update, start, organisation, 32, 1));
            learner = new Learner(SHAPE, engines);
        }

        void learn(int count) {
            for (StreamImage image : bars(count)) {
                learner.accept(image);
                learnDue(false);
            }
            learnDue(true);
            for (float value : learner.dictionary().atoms()) {
                assertThat(value).isFinite();
            }
        }

        private void learnDue(boolean flush) {
            learner.initialise(flush);
            for (EncodedBatch batch = learner.encode(flush); batch != null; batch = learner.encode(flush)) {
                last = batch.encoding();
                learner.learn(batch);
            }
        }

        double lambda() {
            return learner.lambda();
        }

        double silentShare() {
            int silent = 0;
            for (int b = 0; b < last.count(); b++) {
                float sum = 0;
                for (int g = 0; g < 4; g++) {
                    sum += last.groupNorms()[b * 4 + g];
                }
                silent += sum == 0 ? 1 : 0;
            }
            return (double) silent / last.count();
        }

        double error() {
            double sum = 0;
            for (int b = 0; b < last.count(); b++) {
                sum += last.squaredErrors()[b];
            }
            return sum / last.count();
        }

        double energy() {
            double sum = 0;
            for (int i = 0; i < last.count() * SHAPE.values(); i++) {
                sum += last.images()[i] * last.images()[i];
            }
            return sum / last.count();
        }

        private List<StreamImage> bars(int count) {
            List<StreamImage> images = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] samples = new byte[64];
                int bar = random.nextInt(4);
                for (int at = 0; at < 64; at++) {
                    samples[at] = (byte) (at / 16 == bar ? 150 + random.nextInt(100) : random.nextInt(20));
                }
                images.add(new StreamImage(samples, null, null, true));
            }
            return images;
        }
    }
}
