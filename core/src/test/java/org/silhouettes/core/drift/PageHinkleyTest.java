package org.silhouettes.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.silhouettes.core.initialisation.Random64;

class PageHinkleyTest {

    @Test
    void aStepIsSeenWhenItsExcessHasAddedUpToTheThreshold() {
        PageHinkley test = new PageHinkley();
        for (int i = 0; i < 1000; i++) {
            assertThat(test.add(0, 0.5, 15)).isFalse();
        }
        // each value adds 2 − 0.5, and 10 of them make 15, which is not yet more than 15
        for (int i = 0; i < 10; i++) {
            assertThat(test.add(2, 0.5, 15)).as("value %d", i).isFalse();
        }
        assertThat(test.add(2, 0.5, 15)).isTrue();
        assertThat(test.add(2, 0.5, 15)).as("after the alarm it starts over").isFalse();
    }

    @Test
    void anOutlierAloneIsNoAlarm() {
        PageHinkley test = new PageHinkley();

        assertThat(test.add(1e9, 0.5, 15)).isFalse();
    }

    @Test
    void aFallIsNoAlarm() {
        PageHinkley test = new PageHinkley();
        for (int i = 0; i < 10_000; i++) {
            assertThat(test.add(-3, 0.5, 15)).isFalse();
        }
    }

    @Test
    void noiseOfUnitVarianceIsNoAlarm() {
        Random64 random = new Random64(1);
        PageHinkley test = new PageHinkley();
        for (int i = 0; i < 100_000; i++) {
            assertThat(test.add(random.nextGaussian(), 0.5, 15)).isFalse();
        }
    }

    @Test
    void standardisedNoiseHasZeroMeanAndUnitVariance() {
        Random64 random = new Random64(2);
        Standardiser standardiser = new Standardiser();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20_000; i++) {
            double value = standardiser.standardised(5 + 3 * random.nextGaussian());
            sum += value;
            squares += value * value;
        }
        assertThat(sum / 20_000).isCloseTo(0, within(0.03));
        // the fading moments are themselves uncertain, by about one per cent of the variance
        assertThat(squares / 20_000).isCloseTo(1, within(0.05));
    }

    @Test
    void theFirstValuesAndConstantOnesAreZero() {
        Standardiser standardiser = new Standardiser();
        for (int i = 0; i < Standardiser.SETTLE; i++) {
            assertThat(standardiser.standardised(i)).isZero();
        }
        assertThat(standardiser.mean()).isCloseTo((Standardiser.SETTLE - 1) / 2.0, within(1e-9));
        standardiser.reset();
        for (int i = 0; i < 100; i++) {
            assertThat(standardiser.standardised(0.25)).isZero();
        }
    }
}
