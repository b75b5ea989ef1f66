package org.silhouettes.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.PageHinkleyState;
import org.silhouettes.core.state.StandardiserState;
import org.silhouettes.linalg.Random64;

class PageHinkleyTest {

    private static final PageHinkleySettings SETTINGS = new PageHinkleySettings(15, 0.5);

    @Test
    void aStepIsSeenWhenItsExcessHasAddedUpToTheThreshold() {
        PageHinkley test = new PageHinkley(PageHinkleyState.EMPTY);
        for (int i = 0; i < 1000; i++) {
            assertThat(test.add(0, SETTINGS)).isFalse();
        }
        // each value adds 2 − 0.5, and 10 of them make 15, which is not yet more than 15
        for (int i = 0; i < 10; i++) {
            assertThat(test.add(2, SETTINGS)).as("value %d", i).isFalse();
        }
        assertThat(test.add(2, SETTINGS)).isTrue();
        assertThat(test.add(2, SETTINGS)).as("after the alarm it starts over").isFalse();
    }

    @Test
    void anOutlierAloneIsNoAlarm() {
        PageHinkley test = new PageHinkley(PageHinkleyState.EMPTY);

        assertThat(test.add(1e9, SETTINGS)).isFalse();
    }

    @Test
    void aFallIsNoAlarm() {
        PageHinkley test = new PageHinkley(PageHinkleyState.EMPTY);
        for (int i = 0; i < 10_000; i++) {
            assertThat(test.add(-3, SETTINGS)).isFalse();
        }
    }

    @Test
    void noiseOfUnitVarianceIsNoAlarm() {
        Random64 random = new Random64(1);
        PageHinkley test = new PageHinkley(PageHinkleyState.EMPTY);
        for (int i = 0; i < 100_000; i++) {
            assertThat(test.add(random.nextGaussian(), SETTINGS)).isFalse();
        }
    }

    @Test
    void standardisedNoiseHasZeroMeanAndUnitVariance() {
        Random64 random = new Random64(2);
        Standardiser standardiser = new Standardiser(StandardiserState.EMPTY);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 20_000; i++) {
            double value = standardiser.standardised(5 + 3 * random.nextGaussian());
            sum += value;
            squares += value * value;
        }
        assertThat(sum / 20_000).isCloseTo(0, within(0.03));
        // the decaying moments are themselves uncertain, and so is the correlation of 0, of which only what is above it
        // counts
        assertThat(squares / 20_000).isBetween(0.85, 1.05);
    }

    @Test
    void theFirstValuesAndConstantOnesAreZero() {
        Standardiser standardiser = new Standardiser(StandardiserState.EMPTY);
        for (int i = 0; i < Standardiser.SETTLE; i++) {
            assertThat(standardiser.standardised(i)).isZero();
        }
        assertThat(standardiser.mean()).isCloseTo((Standardiser.SETTLE - 1) / 2.0, within(1e-9));
        standardiser.reset();
        for (int i = 0; i < 100; i++) {
            assertThat(standardiser.standardised(0.25)).isZero();
        }
    }

    @Test
    void valuesThatHangTogetherAreMeasuredByTheirLongRunDeviation() {
        Random64 random = new Random64(4);
        Standardiser standardiser = new Standardiser(StandardiserState.EMPTY);
        double rho = 0.5;
        double value = 0;
        double sum = 0;
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            value = rho * value + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            double unused = standardiser.standardised(value);
            sum += i < Standardiser.SETTLE ? 0 : standardiser.longRunVariance();
        }
        // σ² (1 + ρ) / (1 − ρ) = 3; decaying moments of correlated values are low by some per cent
        assertThat(sum / count).isBetween(2.4, 3.3);
    }
}
