package org.silhouettes.core.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.imaging.ImageShape;

class LambdaScheduleTest {

    private static final double TARGET = 6;
    private static final double GROWTH = 0.1;
    private static final double MIN_RATE = 1e-3;
    private static final int BATCH = 100;

    private final LambdaSchedule schedule = new LambdaSchedule(TARGET, GROWTH, MIN_RATE);
    private final TrainingState state = new TrainingState();

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 50})
    void aModelThatIsHalfAliveKeepsItsLambdaItsRateAndItsState(int silent) {
        for (int i = 0; i < 100; i++) {
            assertThat(schedule.advance(state, batch(silent))).isFalse();
        }

        assertThat(schedule.lambda(state)).isEqualTo(TARGET);
        assertThat(schedule.minLearningRate(state)).isZero();
        assertThat(state.lambda().share()).isEqualTo(1);
        assertThat(state.lambda().zeroCodeShare()).isZero();
    }

    @Test
    void aMostlySilentBatchDividesLambdaAndRaisesTheRate() {
        assertThat(schedule.advance(state, batch(51))).isTrue();

        assertThat(schedule.lambda(state)).isCloseTo(4, within(1e-6));
        assertThat(schedule.minLearningRate(state)).isEqualTo(MIN_RATE);

        assertThat(schedule.advance(state, batch(100))).isTrue();

        assertThat(schedule.lambda(state)).isCloseTo(8 / 3.0, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.05, 1", "0.075, 0.5", "0.09, 0.2", "0.1, 0.05", "0.24, 0.05", "0.25, 0", "1, 0"})
    void lambdaGrowsTheSlowerTheMoreImagesAreSilent(double silent, double pace) {
        assertThat(LambdaSchedule.rate(silent)).isCloseTo(pace, within(1e-9));
    }

    @Test
    void lambdaGrowsBackToTheTargetAndTheRateGoesDownAgain() {
        schedule.advance(state, batch(100));
        double before = schedule.lambda(state);
        int updates = 0;
        while (schedule.lambda(state) < TARGET) {
            schedule.advance(state, batch(0));
            assertThat(schedule.lambda(state)).isBetween(before, before * (1 + GROWTH) + 1e-6);
            before = schedule.lambda(state);
            updates++;
        }

        // 1.1^5 > 1.5, and some updates before that until the zero codes are forgotten
        assertThat(updates).isBetween(6, 30);
        assertThat(schedule.minLearningRate(state)).isZero();
    }

    @Test
    void lambdaStaysWhereAQuarterOfTheImagesIsSilentForGood() {
        schedule.advance(state, batch(100));

        for (int i = 0; i < 200; i++) {
            schedule.advance(state, batch(26));
        }

        assertThat(schedule.lambda(state)).isCloseTo(4, within(1e-6));
    }

    @Test
    void someSilentImagesDoNotKeepLambdaFromItsTarget() {
        schedule.advance(state, batch(100));

        for (int i = 0; i < 200; i++) {
            schedule.advance(state, batch(20));
        }

        assertThat(schedule.lambda(state)).isEqualTo(TARGET);
    }

    @Test
    void withoutGrowthNothingChanges() {
        LambdaSchedule none = new LambdaSchedule(TARGET, 0, MIN_RATE);

        assertThat(none.advance(state, batch(100))).isTrue();

        assertThat(none.lambda(state)).isEqualTo(TARGET);
        assertThat(none.minLearningRate(state)).isZero();
    }

    /** Codes of a mini-batch in which the given number of images have no active group. */
    private static Encoding batch(int silent) {
        DictionaryShape shape = new DictionaryShape(2, 1, new ImageShape(1, 2, 1));
        Dictionary dictionary = new Dictionary(shape, new float[shape.size()], 0);
        Encoding codes = Encoding.zeros(dictionary, new float[BATCH * shape.values()], BATCH);
        for (int b = silent; b < BATCH; b++) {
            codes.groupNorms()[2 * b + 1] = 1;
        }
        return codes;
    }
}
