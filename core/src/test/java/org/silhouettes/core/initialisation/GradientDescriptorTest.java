package org.silhouettes.core.initialisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class GradientDescriptorTest {

    private static final ImageShape SQUARE = new ImageShape(28, 28, 1);

    @Test
    void anglesAreRightToAFewThousandthsOfAnEighth() {
        for (int degree = 0; degree < 360; degree++) {
            double angle = Math.toRadians(degree + 0.3);
            assertThat(GradientDescriptor.eighths((float) Math.cos(angle), (float) Math.sin(angle)))
                    .isCloseTo((float) (angle / (Math.PI / 4)), within(0.006f));
        }
    }

    @Test
    void imageWithoutEdgesHasNone() {
        float[] flat = new float[784];
        Arrays.fill(flat, 0.7f);

        assertThat(describe(SQUARE, flat)).hasSize(8 * 7 * 7).containsOnly(0);
    }

    @Test
    void verticalEdgeGoesToOneDirectionAndTheCellsAroundIt() {
        float[] image = new float[784];
        for (int y = 0; y < 28; y++) {
            for (int x = 14; x < 28; x++) {
                image[y * 28 + x] = 1;
            }
        }
        float[] descriptor = describe(SQUARE, image);

        for (int i = 49; i < descriptor.length; i++) {
            assertThat(descriptor[i]).as("direction %d", i / 49).isZero();
        }
        for (int row = 1; row < 6; row++) {
            assertThat(descriptor[row * 7 + 3]).isGreaterThan(descriptor[row * 7 + 2]);
            assertThat(descriptor[row * 7]).isZero();
        }
    }

    @Test
    void contrastDoesNotCountUnderTheCosine() {
        for (long seed = 0; seed < 5; seed++) {
            Rows image = Noise.gaussian(1, 784, new Random64(seed));
            Rows faint = new Rows(image.values().clone(), 1, 784);
            for (int i = 0; i < 784; i++) {
                faint.values()[i] = 0.2f * faint.values()[i] + 0.3f;
            }
            GradientDescriptor descriptor = new GradientDescriptor(SQUARE);

            Rows a = descriptor.describe(image).unit();
            Rows b = descriptor.describe(faint).unit();

            assertThat(a.timesTransposed(b).values()[0]).as("seed %d", seed).isCloseTo(1, within(1e-4f));
        }
    }

    @Test
    void channelsAddUp() {
        float[] gray = Noise.gaussian(1, 25, new Random64(1)).values();
        float[] colour = new float[75];
        for (int i = 0; i < 75; i++) {
            colour[i] = gray[i / 3] / 3;
        }
        float[] expected = describe(new ImageShape(5, 5, 1), gray);

        float[] descriptor = describe(new ImageShape(5, 5, 3), colour);

        assertThat(descriptor).hasSize(8 * 5 * 5);
        for (int i = 0; i < descriptor.length; i++) {
            assertThat(descriptor[i]).isCloseTo(expected[i], within(1e-3f));
        }
    }

    @Test
    void everyShapeCanBeDescribed() {
        for (int height = 1; height <= 9; height++) {
            for (int width = 1; width <= 9; width += 4) {
                ImageShape shape = new ImageShape(height, width, 1);
                float[] image =
                        Noise.gaussian(1, shape.values(), new Random64(height)).values();
                for (float value : describe(shape, image)) {
                    assertThat(value).isFinite().isNotNegative();
                }
            }
        }
    }

    private static float[] describe(ImageShape shape, float[] image) {
        return new GradientDescriptor(shape)
                .describe(new Rows(image, 1, image.length))
                .values();
    }
}
