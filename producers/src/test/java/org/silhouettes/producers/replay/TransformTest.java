package org.silhouettes.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class TransformTest {

    private static final ImageShape SHAPE = new ImageShape(3, 3, 1);
    private final byte[] samples = {1, 2, 3, 4, 5, 6, 7, 8, 9};

    @Test
    void invertTwiceIsTheImage() {
        byte[] inverted = apply(new Transform.Invert(), samples, SHAPE);

        assertThat(inverted[0]).isEqualTo((byte) 254);
        assertThat(apply(new Transform.Invert(), inverted, SHAPE)).isEqualTo(samples);
        assertThat(samples[0]).isEqualTo((byte) 1);
    }

    @Test
    void quarterTurnsAreExact() {
        assertThat(apply(new Transform.Rotate(90), samples, SHAPE)).containsExactly(3, 6, 9, 2, 5, 8, 1, 4, 7);
        assertThat(apply(new Transform.Rotate(180), samples, SHAPE)).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1);
        assertThat(apply(new Transform.Rotate(360), samples, SHAPE)).isEqualTo(samples);
    }

    @Test
    void whatIsTurnedInFromOutsideIsBlack() {
        byte[] white = new byte[81];
        java.util.Arrays.fill(white, (byte) 255);
        byte[] turned = apply(new Transform.Rotate(45), white, new ImageShape(9, 9, 1));

        assertThat(turned[0]).isZero();
        assertThat(turned[40]).isEqualTo((byte) 255);
    }

    @Test
    void noiseHasItsDeviation() {
        ImageShape shape = new ImageShape(100, 100, 1);
        byte[] gray = new byte[10_000];
        java.util.Arrays.fill(gray, (byte) 128);

        byte[] noisy = apply(new Transform.Noise(0.1), gray, shape);

        double sum = 0;
        double squares = 0;
        for (byte sample : noisy) {
            double difference = (sample & 0xff) - 128;
            sum += difference;
            squares += difference * difference;
        }
        assertThat(sum / 10_000).isCloseTo(0, within(1.3));
        assertThat(Math.sqrt(squares / 10_000)).isCloseTo(25.5, within(1.0));
    }

    @Test
    void blurKeepsAUniformImageAndSpreadsAPointByTheNormalDensity() {
        ImageShape shape = new ImageShape(21, 21, 1);
        byte[] uniform = new byte[441];
        java.util.Arrays.fill(uniform, (byte) 90);
        byte[] point = new byte[441];
        point[10 * 21 + 10] = (byte) 255;

        assertThat(apply(new Transform.Blur(2), uniform, shape)).containsOnly(90);
        byte[] spread = apply(new Transform.Blur(1), point, shape);
        assertThat(spread[10 * 21 + 10] & 0xff).isEqualTo((int) Math.round(255 / (2 * Math.PI)));
        assertThat(spread[10 * 21 + 11] & 0xff).isEqualTo((int) Math.round(255 / (2 * Math.PI) * Math.exp(-0.5)));
    }

    @Test
    void permuteMovesWholePixelsTheSameWayInEveryImage() {
        ImageShape shape = new ImageShape(4, 4, 3);
        byte[] first = new byte[48];
        byte[] second = new byte[48];
        for (int i = 0; i < 48; i++) {
            first[i] = (byte) i;
            second[i] = (byte) (i + 50);
        }

        byte[] movedFirst = apply(new Transform.Permute(3), first, shape);
        byte[] movedSecond = apply(new Transform.Permute(3), second, shape);

        assertThat(movedFirst).isNotEqualTo(first).containsExactlyInAnyOrder(first);
        for (int i = 0; i < 48; i++) {
            assertThat(movedSecond[i] - movedFirst[i]).isEqualTo(50);
            assertThat(movedFirst[i] % 3).isEqualTo(i % 3);
        }
    }

    private static byte[] apply(Transform transform, byte[] samples, ImageShape shape) {
        return transform.apply(samples, shape, new Random64(1));
    }
}
