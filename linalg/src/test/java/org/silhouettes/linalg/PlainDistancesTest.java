package org.silhouettes.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainDistancesTest {

    @Test
    void distancesAreUsedWhereNoProviderIsOnTheClassPath() {
        List<float[]> points = List.of(new float[] {0, 0}, new float[] {3, 4});
        try (PairwiseDistances to = PairwiseDistances.to(points)) {
            assertThat(to).isInstanceOf(PlainDistances.class);
            assertThat(to.squared(List.of(new float[] {0, 0}, new float[] {3, 3}, new float[] {3, 4})))
                    .containsExactly(0, 25, 18, 1, 25, 0);
        }
    }

    @Test
    void vectorsOfAnotherLengthAreRefused() {
        try (PairwiseDistances to = PairwiseDistances.to(List.of(new float[3]))) {
            assertThatThrownBy(() -> to.squared(List.of(new float[4])))
                    .hasMessage("vectors of 4 and 3 values cannot be compared");
        }
    }

    @Test
    void backEndOfAMissingModuleIsRefused() {
        assertThatThrownBy(() -> Kernels.of(LinalgBackend.ND4J))
                .hasMessage("linalg.backend is nd4j, but module linalg-nd4j is not on the class path: add"
                        + " org.silhouettes:silhouettes-linalg-nd4j, or set linalg.backend to vector");
    }
}
