package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.Fit;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

class ShapingTest {

    @Test
    void aPictureInTheTargetShapeIsReturnedItself() {
        Picture picture = new Picture(new ImageShape(2, 2, 1), new byte[] {1, 2, 3, 4});

        assertThat(new Shaping(picture.shape(), Fit.CROP).apply(picture)).isSameAs(picture);
    }

    @Test
    void grayIsTheWeightedSumOfTheColours() {
        byte[] samples = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, (byte) 255, (byte) 255, (byte) 255};

        assertThat(shaped(new ImageShape(1, 4, 3), samples, new ImageShape(1, 4, 1)))
                .containsExactly(76, 150, 29, 255);
    }

    @Test
    void theGrayOfAColourIsThatOfTheJob() {
        byte[] samples = {100, 70, (byte) 180};
        ImageShape colour = new ImageShape(1, 1, 3);

        assertThat(shaped(colour, samples, colour.gray()))
                .isEqualTo(new Picture(colour, samples).gray().samples())
                .containsExactly(92);
    }

    @Test
    void grayBecomesThreeEqualChannels() {
        assertThat(shaped(new ImageShape(1, 2, 1), new byte[] {4, 5}, new ImageShape(1, 2, 3)))
                .containsExactly(4, 4, 4, 5, 5, 5);
    }

    @Test
    void channelsAndSizeChangeTogether() {
        assertThat(shaped(new ImageShape(1, 2, 1), new byte[] {4, 6}, new ImageShape(1, 1, 3)))
                .containsExactly(5, 5, 5);
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

    private static byte[] shaped(ImageShape from, byte[] samples, ImageShape to) {
        return new Shaping(to, Fit.CROP).apply(new Picture(from, samples)).samples();
    }
}
