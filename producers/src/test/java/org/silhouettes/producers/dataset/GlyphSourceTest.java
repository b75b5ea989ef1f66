package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlyphSourceTest {

    private static final String ALL = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyCharacterIsDrawnWhiteOnBlackAwayFromTheBorder(boolean withFonts) {
        GlyphSource source = new GlyphSource(ALL, Split.TRAIN, 3, withFonts);

        for (long index = 0; index < 10 * ALL.length(); index++) {
            byte[] samples = source.image(index).samples();
            int brightest =
                    IntStream.range(0, 784).map(i -> samples[i] & 0xff).max().orElseThrow();
            long ink = IntStream.range(0, 784).filter(i -> samples[i] != 0).count();
            long border = IntStream.range(0, 784)
                    .filter(i -> i < 28 || i >= 756 || i % 28 == 0 || i % 28 == 27)
                    .filter(i -> samples[i] != 0)
                    .count();
            assertThat(brightest).as("image %d", index).isGreaterThan(200);
            assertThat(ink)
                    .as("ink of image %d, %s", index, source.image(index).label())
                    .isBetween(20L, 400L);
            assertThat(border).as("ink on the border of image %d", index).isZero();
        }
    }

    @Test
    void theSameSeedGivesTheSameImagesAndAnotherSeedOrSplitOthers() {
        GlyphSource source = new GlyphSource("012", Split.TRAIN, 3, false);

        assertThat(new GlyphSource("012", Split.TRAIN, 3, false).image(1234).samples())
                .isEqualTo(source.image(1234).samples());
        assertThat(source.image(1235).samples()).isNotEqualTo(source.image(1234).samples());
        assertThat(new GlyphSource("012", Split.TRAIN, 4, false).image(1234).samples())
                .isNotEqualTo(source.image(1234).samples());
        assertThat(new GlyphSource("012", Split.TEST, 3, false).image(1234).samples())
                .isNotEqualTo(source.image(1234).samples());
    }

    @Test
    void classesAreBalancedAndCanBeFoundByNumber() {
        GlyphSource source = new GlyphSource("0123456", Split.TRAIN, 5, false);

        for (int block = 0; block < 20; block++) {
            assertThat(LongStream.range(7L * block, 7L * block + 7).map(source::classOf))
                    .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        }
        for (long n = 0; n < 20; n++) {
            assertThat(source.classOf(source.indexOf(4, n))).isEqualTo(4);
            assertThat(source.indexOf(4, n) / 7).isEqualTo(n);
        }
        assertThat(source.image(source.indexOf(4, 9)).label()).isEqualTo("4");
    }

    @Test
    void charactersThatCannotBeDrawnOrComeTwiceAreRefused() {
        assertThatThrownBy(() -> new GlyphSource("01~", Split.TRAIN, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("glyphs cannot draw the character \"~\" on this machine: use characters of 0-9 and A-Z, or"
                        + " install fonts");
        assertThatThrownBy(() -> new GlyphSource("010", Split.TRAIN, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("glyphs must have at least one character and no duplicates, got \"010\"");
    }
}
