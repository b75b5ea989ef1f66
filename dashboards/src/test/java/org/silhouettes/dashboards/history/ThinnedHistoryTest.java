package org.silhouettes.dashboards.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinnedHistoryTest {

    private final ThinnedHistory<byte[]> thinned = new ThinnedHistory<>(bytes -> bytes.length);

    @Test
    void keepsEverythingWithinItsBudget() {
        fill(100);
        thinned.thinTo(1000);
        assertThat(thinned.size()).isEqualTo(100);
        assertThat(thinned.bytes()).isEqualTo(1000);
    }

    @Test
    void coversTheWholePastWhenThinnedAndTheRecentPastMostDensely() {
        fill(1000);
        thinned.thinTo(500);
        List<Long> left = new ArrayList<>(thinned.all().keySet());
        assertThat(thinned.bytes()).isLessThanOrEqualTo(500);
        assertThat(left).hasSize(50).startsWith(0L).endsWith(999L);
        long oldestGap = left.get(2) - left.get(1);
        long newestGap = left.get(49) - left.get(48);
        assertThat(newestGap).isLessThan(oldestGap);
        // cut would mean: nothing left of the older half
        assertThat(left.stream().filter(version -> version < 500).count()).isGreaterThan(3);
    }

    @Test
    void neverDropsFirstAndNewest() {
        fill(10);
        thinned.thinTo(0);
        assertThat(thinned.all().keySet()).containsExactly(0L, 9L);
    }

    @Test
    void findsTheNearestEarlierVersionAndBeforeTheFirstTheFirst() {
        thinned.put(10, new byte[1]);
        thinned.put(20, new byte[2]);
        assertThat(thinned.at(19).getKey()).isEqualTo(10);
        assertThat(thinned.at(Long.MAX_VALUE).getKey()).isEqualTo(20);
        assertThat(thinned.at(3).getKey()).isEqualTo(10);
        assertThat(new ThinnedHistory<byte[]>(b -> 1).at(3)).isNull();
    }

    @Test
    void countsBytesThroughReplacementAndCut() {
        thinned.put(1, new byte[5]);
        thinned.put(1, new byte[7]);
        thinned.put(2, new byte[11]);
        assertThat(thinned.bytes()).isEqualTo(18);
        thinned.cutFrom(2);
        assertThat(thinned.bytes()).isEqualTo(7);
    }

    private void fill(int versions) {
        for (int v = 0; v < versions; v++) {
            thinned.put(v, new byte[10]);
        }
    }
}
