package org.silhouettes.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResizerTest {

    @Test
    void aPictureOfThatSizeIsReturnedItself() {
        Picture picture = new Picture(new ImageShape(2, 1, 1), new byte[] {1, 2});

        assertThat(Resizer.resize(picture, 2, 1, Fit.PAD)).isSameAs(picture);
    }

    @Test
    void aUniformImageStaysUniformAtEverySize() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ImageShape from = new ImageShape(random.nextInt(1, 41), random.nextInt(1, 41), 1);
            ImageShape to = new ImageShape(random.nextInt(1, 41), random.nextInt(1, 41), 1);
            byte[] samples = new byte[from.values()];
            Arrays.fill(samples, (byte) 77);

            for (Fit fit : new Fit[] {Fit.CROP, Fit.STRETCH}) {
                Picture resized = Resizer.resize(new Picture(from, samples), to.height(), to.width(), fit);

                assertThat(resized.shape()).isEqualTo(to);
                assertThat(resized.samples())
                        .as("seed %d, %s to %s, %s", seed, from, to, fit)
                        .containsOnly(77);
            }
        }
    }

    @Test
    void halvingIsTheTriangleFilter() {
        byte[] samples = {0, 0, 80, 80, 0, 0, 0, 0};

        // weights 1/8, 3/8, 3/8, 1/8 around the centre of each new sample, normalised at the edges
        assertThat(resized(new ImageShape(1, 8, 1), samples, 1, 4, Fit.STRETCH))
                .containsExactly(Math.round(80 / 7f), 60, 10, 0);
    }

    @Test
    void cropTakesTheCentre() {
        byte[] samples = {9, 9, 1, 2, 9, 9, 9, 9, 3, 4, 9, 9};

        assertThat(resized(new ImageShape(2, 6, 1), samples, 2, 2, Fit.CROP)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void padSurroundsWithBlack() {
        assertThat(resized(new ImageShape(2, 2, 1), new byte[] {5, 6, 7, 8}, 2, 4, Fit.PAD))
                .containsExactly(0, 5, 6, 0, 0, 7, 8, 0);
    }

    @Test
    void theChannelsAreResizedSeparately() {
        byte[] samples = {0, 10, (byte) 200, 100, 30, 100};

        assertThat(resized(new ImageShape(1, 2, 3), samples, 1, 1, Fit.STRETCH)).containsExactly(50, 20, 150);
    }

    private static byte[] resized(ImageShape from, byte[] samples, int height, int width, Fit fit) {
        return Resizer.resize(new Picture(from, samples), height, width, fit).samples();
    }
}
