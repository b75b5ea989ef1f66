package org.silhouettes.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MutualInformationTest {

    @Test
    void equalPartitionsHaveOneAndIndependentOnesZero() {
        assertThat(normalised(new long[] {0, 2, 0}, new long[] {0, 0, 2}, new long[] {2, 0, 0}))
                .hasValueCloseTo(1.0, within(1e-12));
        assertThat(normalised(new long[] {3, 3}, new long[] {2, 2})).hasValueCloseTo(0.0, within(1e-12));
    }

    @Test
    void theValueIsThatOfScikitLearn() {
        // 0 0 1 1 2 2 2 and 0 1 1 1 2 2 0
        assertThat(normalised(new long[] {1, 1, 0}, new long[] {0, 2, 0}, new long[] {1, 0, 2}))
                .hasValueCloseTo(0.5636355530993445, within(1e-12));
        // 0 0 0 1 1 1 and 0 0 1 1 1 1
        assertThat(normalised(new long[] {2, 1}, new long[] {0, 3})).hasValueCloseTo(0.478703971, within(1e-8));
    }

    @Test
    void emptyRowsAndColumnsChangeNothing() {
        assertThat(normalised(new long[] {2, 0, 1}, new long[] {0, 0, 0}, new long[] {0, 0, 3}))
                .isEqualTo(normalised(new long[] {2, 1}, new long[] {0, 3}));
    }

    @Test
    void twoPartitionsOfOneBlockHaveNoValue() {
        assertThat(normalised(new long[] {7, 0})).isEmpty();
        assertThat(ofStrongestGroup(List.of(0, 0, 0), List.of("a", "a", "a"))).isEmpty();
    }

    @Test
    void onePartitionOfOneBlockHasZero() {
        assertThat(normalised(new long[] {4, 3})).hasValueCloseTo(0.0, within(1e-12));
        assertThat(ofStrongestGroup(List.of(0, 1), List.of("a", "a"))).hasValueCloseTo(0.0, within(1e-12));
    }

    @Test
    void noPointsHaveNoValue() {
        assertThat(normalised()).isEmpty();
        assertThat(normalised(new long[] {0, 0})).isEmpty();
        assertThat(ofStrongestGroup(List.of(), List.of())).isEmpty();
    }

    @Test
    void imagesWithoutAnActiveGroupAreABlockOfTheirOwn() {
        assertThat(ofStrongestGroup(List.of(0, 0, -1, -1), List.of("a", "a", "b", "b")))
                .hasValueCloseTo(1.0, within(1e-12));
    }

    private static OptionalDouble normalised(long[]... table) {
        return MutualInformation.normalised(List.of(table));
    }

    /** Of images with one active group each; −1 for none. */
    private static OptionalDouble ofStrongestGroup(List<Integer> groups, List<String> labels) {
        return MutualInformation.ofStrongestGroup(IntStream.range(0, groups.size())
                .mapToObj(i -> {
                    float[] norms = new float[2];
                    if (groups.get(i) >= 0) {
                        norms[groups.get(i)] = 1;
                    }
                    return new EncodedImage(labels.get(i), norms, 0, 0, 0);
                })
                .toList());
    }
}
