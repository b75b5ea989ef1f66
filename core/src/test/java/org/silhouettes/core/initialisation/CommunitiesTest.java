package org.silhouettes.core.initialisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.silhouettes.linalg.Random64;

class CommunitiesTest {

    @Test
    void fixedNumberIsReachedByMergingOrSplitting() {
        for (long seed = 0; seed < 3; seed++) {
            Rows points = Noise.gaussian(300, 5, new Random64(seed));
            for (int count : new int[] {1, 2, 5, 10, 40}) {
                int[][] found = Communities.find(points, count, new Random64(seed));

                assertThat(found).as("seed %d", seed).hasNumberOfRows(count);
                assertDisjoint(found, 300);
            }
        }
    }

    // the library's local moving never ends where rounding decides between equals
    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void imagesThatAreAllAlikeAreSplitToo() {
        Rows points = Rows.zeros(12, 5);
        Arrays.fill(points.values(), 1);

        int[][] found = Communities.find(points, 3, new Random64(0));

        assertThat(found).hasNumberOfRows(3);
        assertDisjoint(found, 12);
    }

    @Test
    void fewerPointsThanCommunitiesGiveOneEach() {
        Rows points = Noise.gaussian(4, 5, new Random64(1));

        int[][] found = Communities.find(points, 9, new Random64(0));

        assertThat(found).hasNumberOfRows(4);
        assertDisjoint(found, 4);
    }

    private static void assertDisjoint(int[][] communities, int points) {
        int[] all = Arrays.stream(communities).flatMapToInt(IntStream::of).toArray();
        assertThat(all).doesNotHaveDuplicates();
        assertThat(all.length).isBetween(1, points);
        for (int c = 1; c < communities.length; c++) {
            assertThat(communities[c].length).isLessThanOrEqualTo(communities[c - 1].length);
        }
    }
}
