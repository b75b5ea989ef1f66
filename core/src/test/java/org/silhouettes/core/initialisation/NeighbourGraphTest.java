package org.silhouettes.core.initialisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import nl.cwts.networkanalysis.Network;
import org.junit.jupiter.api.Test;
import org.silhouettes.linalg.Random64;

class NeighbourGraphTest {

    @Test
    void nearestAreThoseOfLargestCosineByExhaustiveSearch() {
        for (long seed = 0; seed < 5; seed++) {
            // more rows than one block of the product
            Rows unit = Noise.gaussian(700, 6, new Random64(seed)).unit();
            float[] cosines = unit.timesTransposed(unit).values();

            int[][] nearest = NeighbourGraph.nearest(unit, 10);

            for (int i = 0; i < 700; i++) {
                int row = i * 700;
                int[] expected = IntStream.range(0, 700)
                        .boxed()
                        .filter(j -> row != j * 700)
                        .sorted(Comparator.comparingDouble(j -> -cosines[row + j]))
                        .limit(10)
                        .mapToInt(Integer::intValue)
                        .toArray();
                assertThat(nearest[i]).as("seed %d, point %d", seed, i).isEqualTo(expected);
            }
        }
    }

    @Test
    void edgesWeighTheJaccardShareOfClosedNeighbourhoodsIn64ths() {
        // on a line of directions, one neighbour each: 0 and 1 are mutual, 2 points to 1
        Rows points = new Rows(new float[] {1, 0, 1, 0.1f, 1, 0.3f}, 3, 2);

        Network network = NeighbourGraph.sharedNeighbours(points, 1);

        assertThat(network.getNEdges()).isEqualTo(2);
        assertThat(network.getNeighbors(1)).containsExactly(0, 2);
        // {0,1} and {0,1} share all; {0,1} and {1,2} share one of three
        assertThat(network.getEdgeWeights(1)[0]).isEqualTo(64);
        assertThat(network.getEdgeWeights(1)[1]).isEqualTo(21);
    }

    @Test
    void aSinglePointHasNoEdges() {
        assertThat(NeighbourGraph.sharedNeighbours(Rows.zeros(1, 3), 0).getNEdges())
                .isZero();
    }

    @Test
    void everyEdgeIsThereOnce() {
        Rows points = Noise.gaussian(50, 4, new Random64(1));
        int[][] nearest = NeighbourGraph.nearest(points.unit(), 5);

        Network network = NeighbourGraph.sharedNeighbours(points, 5);

        for (int i = 0; i < 50; i++) {
            int point = i;
            int[] expected = IntStream.range(0, 50)
                    .filter(j -> j != point && (contains(nearest[point], j) || contains(nearest[j], point)))
                    .toArray();
            assertThat(network.getNeighbors(i)).isEqualTo(expected);
        }
    }

    private static boolean contains(int[] values, int value) {
        return Arrays.stream(values).anyMatch(v -> v == value);
    }
}
