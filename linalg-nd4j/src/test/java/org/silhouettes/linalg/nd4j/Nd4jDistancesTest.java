package org.silhouettes.linalg.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.silhouettes.linalg.PairwiseDistances;
import org.silhouettes.linalg.Random64;

class Nd4jDistancesTest {

    @Test
    void distancesAreTheSumsOfSquaredDifferences() {
        for (int length : new int[] {1, 7, 33}) {
            List<float[]> points = vectors(41, length, 1);
            List<float[]> vectors = vectors(5, length, 2);
            try (PairwiseDistances to = PairwiseDistances.to(points)) {
                double[] squared = to.squared(vectors);

                assertThat(squared).hasSize(5 * 41);
                for (int i = 0; i < 5; i++) {
                    for (int j = 0; j < 41; j++) {
                        double expected = 0;
                        for (int v = 0; v < length; v++) {
                            expected += Math.pow((double) vectors.get(i)[v] - points.get(j)[v], 2);
                        }
                        assertThat(squared[i * 41 + j]).isCloseTo(expected, within(1e-9));
                    }
                }
            }
        }
    }

    @Test
    void equalVectorsHaveDistanceZeroWhateverTheyAre() {
        List<float[]> points = vectors(30, 11, 3);
        try (PairwiseDistances to = PairwiseDistances.to(points)) {
            double[] squared = to.squared(points);
            for (int i = 0; i < 30; i++) {
                assertThat(squared[i * 30 + i]).isZero();
            }
        }
    }

    @Test
    void vectorsOfAnotherLengthAreRefused() {
        try (PairwiseDistances to = PairwiseDistances.to(vectors(2, 3, 0))) {
            assertThatThrownBy(() -> to.squared(vectors(1, 4, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("vectors of 4 and 3 values cannot be compared");
        }
    }

    private static List<float[]> vectors(int count, int length, long seed) {
        Random64 random = new Random64(seed);
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[length];
            for (int v = 0; v < length; v++) {
                vector[v] = (float) (10 * random.nextGaussian());
            }
            vectors.add(vector);
        }
        return vectors;
    }
}
