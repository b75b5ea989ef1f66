package org.silhouettes.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final byte[] BLACK_GRAY_WHITE = {0, (byte) 128, (byte) 255};

    @Test
    void blackIsZeroAndWhiteIsOne() {
        float[] out = {9, 9, 9, 9, 9};
        Samples.writeTo(BLACK_GRAY_WHITE, out, 1);
        assertThat(out).containsExactly(9, 0, 128 / 255f, 1, 9);
    }

    @Test
    void centringTakesTheMeanImageAway() {
        float[] out = {9, 9, 9, 9};
        Samples.centre(BLACK_GRAY_WHITE, new float[] {0.25f, 128 / 255f, 0.5f}, out, 1);
        assertThat(out).containsExactly(9, -0.25f, 0, 0.5f);
    }

    @Test
    void everySampleIsTheNearestToItsOwnValue() {
        for (int sample = 0; sample < 256; sample++) {
            assertThat(Samples.of(Samples.unit((byte) sample))).isEqualTo((byte) sample);
        }
        assertThat(Samples.of(-0.1f)).isZero();
        assertThat(Samples.of(1.1f)).isEqualTo((byte) 255);
    }
}
