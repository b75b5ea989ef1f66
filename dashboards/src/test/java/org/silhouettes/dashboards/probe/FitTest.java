package org.silhouettes.dashboards.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

class FitTest {

    @Test
    void halvingAveragesFourSamples() {
        Picture picture = new Picture(new ImageShape(2, 2, 1), new byte[] {0, 100, (byte) 200, 100});
        assertThat(Fit.to(new ImageShape(1, 1, 1), picture, "m").samples()).containsExactly(100);
    }

    @Test
    void enlargingRepeatsSamples() {
        Picture picture = new Picture(new ImageShape(1, 2, 1), new byte[] {10, 20});
        assertThat(Fit.to(new ImageShape(2, 4, 1), picture, "m").samples())
                .containsExactly(10, 10, 20, 20, 10, 10, 20, 20);
    }

    @Test
    void aThirdOverTheEdgeCountsAThird() {
        Picture picture = new Picture(new ImageShape(1, 3, 1), new byte[] {0, 90, 0});
        assertThat(Fit.to(new ImageShape(1, 2, 1), picture, "m").samples()).containsExactly(30, 30);
    }

    @Test
    void coloursBecomeWhatTheModelTakes() {
        Picture red = new Picture(new ImageShape(1, 1, 3), new byte[] {(byte) 200, 0, 0});
        assertThat(Fit.to(new ImageShape(1, 1, 1), red, "m").samples()).containsExactly(60);
        assertThat(Fit.to(new ImageShape(1, 1, 1), red, "m.red").samples()).containsExactly((byte) 200);
        assertThat(Fit.to(new ImageShape(1, 1, 1), red, "m.blue").samples()).containsExactly(0);
        Picture gray = new Picture(new ImageShape(1, 1, 1), new byte[] {7});
        assertThat(Fit.to(new ImageShape(1, 1, 3), gray, "m").samples()).containsExactly(7, 7, 7);
    }
}
