package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.linalg.Random64;

class ShapingTest {

    @Test
    void theOwnShapeIsLeftAlone() {
        byte[] samples = {1, 2, 3, 4};
        ImageShape shape = new ImageShape(2, 2, 1);

        assertThat(new Shaping(shape, Fit.CROP).apply(samples, shape)).isSameAs(samples);
    }

    @Test
    void aUniformImageStaysUniformAtEverySize() {
        for (long seed = 1; seed <= 50; seed++) {
            Random64 random = new Random64(seed);
            ImageShape from = new ImageShape(1 + random.nextInt(40), 1 + random.nextInt(40), 1);
            ImageShape to = new ImageShape(1 + random.nextInt(40), 1 + random.nextInt(40), 1);
            byte[] samples = new byte[from.values()];
            Arrays.fill(samples, (byte) 77);

            for (Fit fit : new Fit[] {Fit.CROP, Fit.STRETCH}) {
                assertThat(new Shaping(to, fit).apply(samples, from))
                        .as("seed %d, %s to %s, %s", seed, from, to, fit)
                        .hasSize(to.values())
                        .containsOnly(77);
            }
        }
    }

    @Test
    void halvingIsTheTriangleFilter() {
        byte[] samples = {0, 0, 80, 80, 0, 0, 0, 0};

        // weights 1/8, 3/8, 3/8, 1/8 around each new sample's middle, of what there is of them
        assertThat(new Shaping(new ImageShape(1, 4, 1), Fit.STRETCH).apply(samples, new ImageShape(1, 8, 1)))
                .containsExactly(Math.round(80 / 7f), 60, 10, 0);
    }

    @Test
    void cropTakesTheMiddle() {
        byte[] samples = {9, 9, 1, 2, 9, 9, 9, 9, 3, 4, 9, 9};

        assertThat(new Shaping(new ImageShape(2, 2, 1), Fit.CROP).apply(samples, new ImageShape(2, 6, 1)))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void padSurroundsWithBlack() {
        byte[] samples = {5, 6, 7, 8};

        assertThat(new Shaping(new ImageShape(2, 4, 1), Fit.PAD).apply(samples, new ImageShape(2, 2, 1)))
                .containsExactly(0, 5, 6, 0, 0, 7, 8, 0);
    }

    @Test
    void grayIsTheWeightedSumOfTheColours() {
        byte[] samples = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, (byte) 255, (byte) 255, (byte) 255};

        byte[] gray = new Shaping(new ImageShape(1, 4, 1), Fit.CROP).apply(samples, new ImageShape(1, 4, 3));

        assertThat(gray).containsExactly(76, 150, 29, 255);
    }

    @Test
    void theGrayOfAColourIsThatOfTheJob() {
        byte[] samples = {100, 70, (byte) 180};
        ImageShape colour = new ImageShape(1, 1, 3);

        assertThat(new Shaping(colour.gray(), Fit.CROP).apply(samples, colour))
                .isEqualTo(new Picture(colour, samples).gray().samples());
    }

    @Test
    void grayBecomesThreeEqualChannels() {
        assertThat(new Shaping(new ImageShape(1, 2, 3), Fit.CROP).apply(new byte[] {4, 5}, new ImageShape(1, 2, 1)))
                .containsExactly(4, 4, 4, 5, 5, 5);
    }

    @Test
    void theOptionsDecideTheShape() {
        ImageShape from = new ImageShape(32, 32, 3);
        DatasetOptions options = DatasetOptions.usual();

        assertThat(Shaping.of(from, options).target()).isEqualTo(from);
        assertThat(Shaping.of(from, options.withColour(Colour.GRAY)).target()).isEqualTo(new ImageShape(32, 32, 1));
        assertThat(Shaping.of(from, options.withSize(ImageSize.parse("8x16"), Fit.PAD))
                        .target())
                .isEqualTo(new ImageShape(8, 16, 3));
        assertThat(Optional.of(ImageSize.parse("8"))).contains(new ImageSize(8, 8));
    }
}
