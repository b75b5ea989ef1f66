package org.silhouettes.core.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.AdwinState;
import org.silhouettes.linalg.Random64;

class AdwinTest {

    private static final double DELTA = 0.002;

    @Test
    void theWindowHoldsTheLatestValuesAndTheirMean() {
        for (long seed = 1; seed <= 5; seed++) {
            Random64 random = new Random64(seed);
            Adwin adwin = new Adwin(AdwinState.EMPTY);
            List<Double> all = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                double value = (i / 700 % 2 + random.nextDouble()) / 2;
                adwin.add(value);
                adwin.cut(DELTA, 1);
                all.add(value);
                double mean = all.subList((int) (all.size() - adwin.width()), all.size()).stream()
                        .mapToDouble(v -> v)
                        .average()
                        .orElseThrow();
                assertThat(adwin.mean()).as("seed %d, value %d", seed, i).isCloseTo(mean, within(1e-9));
            }
        }
    }

    @Test
    void withoutAChangeTheWindowGrows() {
        Random64 random = new Random64(7);
        Adwin adwin = new Adwin(AdwinState.EMPTY);
        for (int i = 0; i < 20_000; i++) {
            adwin.add(random.nextDouble());
            assertThat(adwin.cut(DELTA, 1)).isEmpty();
        }
        assertThat(adwin.width()).isEqualTo(20_000);
    }

    @Test
    void aStepIsSeenAboutWhenTheBoundAllowsIt() {
        Adwin adwin = new Adwin(AdwinState.EMPTY);
        for (int i = 0; i < 1024; i++) {
            adwin.add(0.2);
        }
        int seenAfter = 0;
        Optional<Adwin.Cut> cut = Optional.empty();
        while (cut.isEmpty()) {
            adwin.add(0.35);
            seenAfter++;
            cut = adwin.cut(DELTA, 1);
        }
        int allowed = 1;
        while (bound(1024, allowed) >= 0.15) {
            allowed++;
        }

        assertThat(cut.get().before()).isCloseTo(0.2, within(1e-9));
        assertThat(cut.get().after()).isGreaterThan(0.3).isLessThanOrEqualTo(0.35);
        // the window is cut between buckets alone, and those around the step hold up to 16 values
        assertThat(seenAfter).isBetween(allowed - 16, allowed + 16);
    }

    /** The bound for the last {@code recent} values of 0.35 after {@code old} of 0.2. */
    private static double bound(double old, double recent) {
        double width = old + recent;
        double mean = (0.2 * old + 0.35 * recent) / width;
        double variance = (0.04 * old + 0.1225 * recent) / width - mean * mean;
        double confidence = Math.log(2 * Math.log(width) / DELTA);
        double inverse = 1 / old + 1 / recent;
        return Math.sqrt(2 * inverse * variance * confidence) + 2.0 / 3 * inverse * confidence;
    }

    @Test
    void aFallIsToldFromARise() {
        Adwin adwin = new Adwin(AdwinState.EMPTY);
        for (int i = 0; i < 1000; i++) {
            adwin.add(0.9);
        }
        for (int i = 0; i < 200; i++) {
            adwin.add(0.1);
        }

        Adwin.Cut cut = adwin.cut(DELTA, 1).orElseThrow();
        assertThat(cut.before()).isGreaterThan(cut.after());
        assertThat(adwin.width()).isLessThan(300);
        assertThat(adwin.mean()).isLessThan(0.4);
    }

    @Test
    void valuesThatHangTogetherAreNoChangeWhereThatIsKnown() {
        Random64 random = new Random64(5);
        int taken = 0;
        Adwin independent = new Adwin(AdwinState.EMPTY);
        Adwin dependent = new Adwin(AdwinState.EMPTY);
        for (int i = 0; i < 20_000; i++) {
            // runs of 100 values about a level of their own: the variance of a long part's mean is that of its levels
            double level = new Random64(i / 100).nextDouble();
            double value = 0.5 + 0.3 * (level - 0.5) + 0.2 * (random.nextDouble() - 0.5);
            independent.add(value);
            dependent.add(value);
            taken += independent.cut(DELTA, 1).isPresent() ? 1 : 0;
            // 100 σ² of the levels over all of the variance, each level or value being uniform
            double dependence = 100 * 0.09 / (0.09 + 0.04);
            assertThat(dependent.cut(DELTA, dependence)).as("value %d", i).isEmpty();
        }
        assertThat(taken).isPositive();
    }
}
