package org.silhouettes.core.state.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.LipschitzEstimate;
import org.silhouettes.core.state.TrainingState;

class LegacyLearnerStateTest {

    @Test
    void everyNamedArrayBecomesTheTypedFieldThatReplacesIt() {
        TrainingState state = LegacyLearnerState.training(
                7,
                Map.ofEntries(
                        Map.entry("adam.first", new float[] {1, 2}),
                        Map.entry("adam.second", new float[] {3, 4}),
                        Map.entry("alternating.a", new float[] {5}),
                        Map.entry("alternating.b", new float[] {6, 7}),
                        // version 3 · 2²⁰ + 4 was kept as its successor, in two parts
                        Map.entry("lipschitz", new float[] {1.5f, 5, 3, 1}),
                        Map.entry("lipschitz.vector", new float[] {0.5f}),
                        Map.entry("lambda", new float[] {0.25f}),
                        Map.entry("silent", new float[] {0.75f}),
                        Map.entry("idle", new float[] {8, 0}),
                        Map.entry("revived", new float[] {9, 10}),
                        Map.entry("strangers", new float[] {0.125f}),
                        Map.entry("dropped", new float[] {11}),
                        Map.entry("guide", new float[] {12, 13, 0.5f}),
                        Map.entry("guide.scale", new float[] {14, 15})));

        assertThat(state.steps()).isEqualTo(7);
        assertThat(state.droppedUpdates()).isEqualTo(11);
        assertThat(state.adam().first()).containsExactly(1, 2);
        assertThat(state.adam().second()).containsExactly(3, 4);
        assertThat(state.alternating().a()).containsExactly(5);
        assertThat(state.alternating().b()).containsExactly(6, 7);
        assertThat(state.lipschitz().constant()).isEqualTo(1.5f);
        assertThat(state.lipschitz().version()).isEqualTo(3 * 1_048_576 + 4);
        assertThat(state.lipschitz().clampReported()).isTrue();
        assertThat(state.lipschitz().vector()).containsExactly(0.5f);
        assertThat(state.lambda().share()).isEqualTo(0.25f);
        assertThat(state.lambda().zeroCodeShare()).isEqualTo(0.75f);
        assertThat(state.usage().idle()).containsExactly(8, 0);
        assertThat(state.usage().resetAtoms()).isEqualTo(9);
        assertThat(state.usage().resetGroups()).isEqualTo(10);
        assertThat(state.novelty().share()).isEqualTo(0.125f);
        assertThat(state.prototypes().prototypes().values()).containsExactly(12, 13);
        assertThat(state.prototypes().prototypes().minCosine()).isEqualTo(0.5f);
        assertThat(state.prototypes().meanSquare()).isEqualTo(14);
        assertThat(state.prototypes().meanNorm()).isEqualTo(15);
    }

    @Test
    void zerosAndMissingArraysAreAFreshState() {
        TrainingState state = LegacyLearnerState.training(
                0, Map.of("lambda", new float[1], "lipschitz", new float[4], "silent", new float[1]));

        assertThat(state).usingRecursiveComparison().isEqualTo(new TrainingState());
        assertThat(state.lipschitz().version()).isEqualTo(LipschitzEstimate.NONE);
        assertThat(state.lambda().share()).isEqualTo(1);
    }
}
