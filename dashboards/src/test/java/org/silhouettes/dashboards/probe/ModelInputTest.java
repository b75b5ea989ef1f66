package org.silhouettes.dashboards.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

class ModelInputTest {

    @Test
    void eachSideIsScaledIndependently() {
        Picture picture = new Picture(new ImageShape(2, 2, 1), new byte[] {0, 100, (byte) 200, 100});
        ImageShape row = new ImageShape(1, 4, 1);

        Picture input = ModelInput.of(picture, row, -1);

        assertThat(input.shape()).isEqualTo(row);
        assertThat(input.samples()).containsOnly(100);
    }

    @Test
    void coloursBecomeWhatTheModelTakes() {
        Picture red = new Picture(new ImageShape(1, 1, 3), new byte[] {(byte) 200, 0, 0});
        ImageShape one = new ImageShape(1, 1, 1);
        assertThat(ModelInput.of(red, one, -1).samples()).containsExactly(60);
        assertThat(ModelInput.of(red, one, 0).samples()).containsExactly((byte) 200);
        assertThat(ModelInput.of(red, one, 2).samples()).containsExactly(0);
        Picture gray = new Picture(one, new byte[] {7});
        assertThat(ModelInput.of(gray, new ImageShape(1, 1, 3), -1).samples()).containsExactly(7, 7, 7);
    }
}
