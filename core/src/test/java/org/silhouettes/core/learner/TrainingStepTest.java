package org.silhouettes.core.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.silhouettes.core.learner.RandomProblem.BATCH;
import static org.silhouettes.core.learner.RandomProblem.ENCODER;
import static org.silhouettes.core.learner.RandomProblem.SHAPE;
import static org.silhouettes.core.learner.RandomProblem.dictionary;
import static org.silhouettes.core.learner.RandomProblem.engine;
import static org.silhouettes.core.learner.RandomProblem.images;
import static org.silhouettes.core.learner.RandomProblem.step;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.core.update.Finite;
import org.silhouettes.core.update.UpdateRule;
import org.silhouettes.core.update.UpdateSettings;
import org.silhouettes.imaging.ImageShape;

/** What the engine promises of itself, over seeds that the tests' names print. */
class TrainingStepTest {

    static LongStream seeds() {
        return LongStream.range(1, 9);
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void zeroImagesHaveZeroCodesAndChangeNothing(UpdateRule rule) {
        try (TrainingStep engine = engine(ENCODER, rule)) {
            Dictionary dictionary = dictionary(1);
            float[] before = dictionary.atoms().clone();
            TrainingState state = new TrainingState();
            Encoding codes = engine.encode(dictionary, state, new float[BATCH * SHAPE.values()], BATCH);
            assertThat(codes.reconstructions()).containsOnly(0);
            assertThat(engine.update(dictionary, state, codes)).isTrue();
            assertThat(codes.codes()).containsOnly(0);
            assertThat(codes.squaredErrors()).containsOnly(0);
            for (int i = 0; i < before.length; i++) {
                assertThat(dictionary.atoms()[i]).isCloseTo(before[i], Offset.offset(1e-6f));
            }
            assertThat(dictionary.version()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void updateThatIsNotFiniteIsDroppedAndCounted(UpdateRule rule) {
        try (TrainingStep engine = engine(ENCODER, rule)) {
            Dictionary dictionary = dictionary(2);
            TrainingState state = new TrainingState();
            float[] images = images(2);
            step(engine, dictionary, state, images);
            float[] before = dictionary.atoms().clone();
            float[] broken = images.clone();
            broken[5] = Float.NaN;
            Encoding encoding = engine.encode(dictionary, state, broken, BATCH);
            assertThat(engine.update(dictionary, state, encoding)).isFalse();
            assertThat(dictionary.atoms()).isEqualTo(before);
            assertThat(dictionary.version()).isEqualTo(1);
            assertThat(state.droppedUpdates()).isEqualTo(1);
            step(engine, dictionary, state, images);
            assertThat(dictionary.version()).isEqualTo(2);
            for (float[] array : List.of(
                    state.adam().first(),
                    state.adam().second(),
                    state.alternating().a(),
                    state.alternating().b())) {
                assertThat(Finite.all(array)).isTrue();
            }
        }
    }

    @Test
    void sweepThatOverflowsLateGivesTheAtomsBeforeItBack() {
        try (TrainingStep engine = engine(ENCODER, UpdateRule.ALTERNATING)) {
            Dictionary dictionary = dictionary(2);
            TrainingState state = new TrainingState();
            float[] images = images(2);
            step(engine, dictionary, state, images);
            int last = SHAPE.atoms() - 1;
            while (state.alternating().a()[last * SHAPE.atoms() + last] == 0) {
                last--;
            }
            assertThat(last).as("atoms are swept before it").isPositive();
            state.alternating().b()[last * SHAPE.values()] = 1e30f;
            float[] before = dictionary.atoms().clone();
            Encoding encoding = engine.encode(dictionary, state, images, BATCH);
            assertThat(engine.update(dictionary, state, encoding)).isFalse();
            assertThat(dictionary.atoms()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void atomOfZeroNormIsNeverDivided(UpdateRule rule) {
        try (TrainingStep engine = engine(ENCODER, rule)) {
            Dictionary dictionary = dictionary(3);
            Arrays.fill(dictionary.atoms(), 0, 3 * SHAPE.values(), 0);
            step(engine, dictionary, new TrainingState(), images(3));
            assertThat(Finite.all(dictionary.atoms())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void imagesEncodedOneByOneHaveTheCodesOfTheirBatch(long seed) {
        try (TrainingStep engine = engine(ENCODER, UpdateRule.BACKPROP)) {
            Dictionary dictionary = dictionary(seed);
            TrainingState state = new TrainingState();
            float[] images = images(seed);
            float[] together =
                    engine.encode(dictionary, state, images, BATCH).codes().clone();
            for (int b = 0; b < BATCH; b++) {
                int from = b * SHAPE.values();
                float[] image = Arrays.copyOfRange(images, from, from + SHAPE.values());
                float[] alone = engine.encode(dictionary, state, image, 1).codes();
                for (int k = 0; k < SHAPE.atoms(); k++) {
                    assertThat(alone[k]).isCloseTo(together[b * SHAPE.atoms() + k], Offset.offset(1e-5f));
                }
            }
        }
    }

    @Test
    void reconstructionsAreByTheDictionaryThatEncodedOrNotAtAll() {
        try (TrainingStep engine = engine(ENCODER, UpdateRule.DECODER)) {
            Dictionary dictionary = dictionary(3);
            TrainingState state = new TrainingState();
            float[] images = images(3);
            Encoding codes = engine.encode(dictionary, state, images, BATCH);
            for (int b = 0; b < BATCH; b++) {
                double squares = 0;
                for (int p = b * SHAPE.values(); p < (b + 1) * SHAPE.values(); p++) {
                    squares += Math.pow(codes.reconstructions()[p] - images[p], 2);
                }
                assertThat((double) codes.squaredErrors()[b]).isCloseTo(squares, Offset.offset(1e-5 * squares));
            }
            Encoding next = engine.encode(dictionary, state, images, BATCH);
            dictionary.updated();
            assertThatThrownBy(next::reconstructions)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the dictionary is at version 1, the batch was encoded at version 0: read the"
                            + " reconstructions before the update");
        }
    }

    @Test
    void anEncodingByAnotherDictionaryOrAnEarlierVersionIsRefused() {
        try (TrainingStep engine = engine(ENCODER, UpdateRule.DECODER)) {
            Dictionary dictionary = dictionary(3);
            TrainingState state = new TrainingState();
            Encoding encoding = engine.encode(dictionary, state, images(3), BATCH);
            engine.encode(dictionary(4), new TrainingState(), images(4), BATCH);
            assertThatThrownBy(() -> engine.update(dictionary, state, encoding))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the last encoding is not by this dictionary at version 0: encode the batch right"
                            + " before the update");
            engine.update(dictionary, state, engine.encode(dictionary, state, images(3), BATCH));
            assertThatThrownBy(() -> engine.update(dictionary, state, encoding))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not by this dictionary at version 1");
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateRule.class)
    void modelsThatShareATrainingStepLearnToTheBitAsOneThatHasItAlone(UpdateRule rule) {
        Dictionary alone = dictionary(5);
        TrainingState aloneState = new TrainingState();
        try (TrainingStep engine = engine(ENCODER, rule)) {
            for (int i = 0; i < 6; i++) {
                step(engine, alone, aloneState, images(50 + i));
            }
        }
        Dictionary shared = dictionary(5);
        Dictionary other = dictionary(6);
        TrainingState sharedState = new TrainingState();
        TrainingState otherState = new TrainingState();
        try (TrainingStep engine = engine(ENCODER, rule)) {
            for (int i = 0; i < 6; i++) {
                if (i % 2 == 0) {
                    step(engine, other, otherState, images(90 + i));
                }
                step(engine, shared, sharedState, images(50 + i));
                // a restore: the same numbers in other objects
                shared = shared.copy();
                sharedState = sharedState.copy();
            }
        }
        assertThat(shared.sha256()).isEqualTo(alone.sha256());
        assertThat(sharedState).usingRecursiveComparison().isEqualTo(aloneState);
    }

    @Test
    void stepAboveTheLargestSafeOneIsClamped() {
        EncoderSettings reckless =
                new EncoderSettings(0.6, 100, StepRule.CLAMPED, 200, Unrolling.ISTA, Shrinkage.TWO_SIDED);
        try (TrainingStep engine = engine(reckless, UpdateRule.DECODER)) {
            Dictionary dictionary = dictionary(7);
            TrainingState state = new TrainingState();
            Encoding codes = engine.encode(dictionary, state, images(7), BATCH);
            assertThat(engine.step(dictionary, state))
                    .isCloseTo(1 / (1.05 * state.lipschitz().constant()), Offset.offset(1e-9));
            assertThat(Finite.all(codes.codes())).isTrue();
        }
    }

    @Test
    void lipschitzConstantOfOrthonormalAtomsIsOne() {
        DictionaryShape shape = new DictionaryShape(2, 3, new ImageShape(3, 3, 1));
        float[] atoms = new float[shape.size()];
        for (int k = 0; k < shape.atoms(); k++) {
            atoms[k * shape.values() + k] = 1;
        }
        TrainingState state = new TrainingState();
        try (TrainingStep engine = new TrainingStep(
                shape, ENCODER, new UpdateSettings(UpdateRule.DECODER, 1e-3, .9, .999, 1e-8, 1, 0), 1)) {
            engine.encode(new Dictionary(shape, atoms, 0), state, new float[9], 1);
        }
        assertThat(state.lipschitz().constant()).isCloseTo(1, Offset.offset(1e-6f));
    }

    @Test
    void wrongShapesAndSizesAreRefusedByName() {
        try (TrainingStep engine = engine(ENCODER, UpdateRule.DECODER)) {
            DictionaryShape other = new DictionaryShape(1, 2, new ImageShape(2, 2, 1));
            Dictionary small = new Dictionary(other, new float[8], 0);
            assertThatThrownBy(() -> engine.encode(small, new TrainingState(), new float[4], 1))
                    .hasMessage("dictionary of 1 groups of 2 atoms of 2x2x1, this training step is for 4 groups of 16"
                            + " atoms of 8x9x1");
            float[] many = new float[99 * SHAPE.values()];
            assertThatThrownBy(() -> engine.encode(dictionary(1), new TrainingState(), many, 99))
                    .hasMessage("batch must have 1 to 24 images, got 99");
        }
    }
}
