package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;

class PlantedSourceTest {

    private static final PlantedSettings NOISELESS = new PlantedSettings(5, 4, new ImageShape(16, 16, 1), 2, 3, 0);
    private final PlantedSource source = new PlantedSource(NOISELESS, Split.TRAIN, 9);

    @Test
    void anImageIsWhatItsCodeMakesOfTheDictionaryToHalfAStep() {
        float[] atoms = source.atoms();
        for (long index = 0; index < 20; index++) {
            float[] code = source.code(index);
            byte[] samples = source.image(index).samples();
            for (int i = 0; i < 256; i++) {
                double exact = 0.5;
                for (int k = 0; k < code.length; k++) {
                    exact += code[k] * atoms[k * 256 + i];
                }
                exact = Math.max(0, Math.min(1, exact));
                assertThat((samples[i] & 0xff) / 255.0)
                        .as("image %d, value %d", index, i)
                        .isCloseTo(exact, within(0.5001 / 255));
            }
        }
    }

    @Test
    void twoGroupsAreActiveAndTheClassIsTheStrongest() {
        for (long index = 0; index < 100; index++) {
            float[] code = source.code(index);
            double[] norms = new double[5];
            for (int k = 0; k < code.length; k++) {
                assertThat(code[k]).isNotNegative();
                norms[k / 4] += code[k] * code[k];
            }
            int active = 0;
            for (double norm : norms) {
                active += norm > 0 ? 1 : 0;
            }
            assertThat(active).isEqualTo(2);
            assertThat(Math.sqrt(norms[source.classOf(index)])).isCloseTo(3, within(1e-5));
            assertThat(norms[source.classOf(index)])
                    .isGreaterThanOrEqualTo(java.util.Arrays.stream(norms).max().orElseThrow());
        }
    }

    @Test
    void bothSplitsHaveTheSameDictionaryAndOtherImages() {
        PlantedSource test = new PlantedSource(NOISELESS, Split.TEST, 9);

        assertThat(test.atoms()).containsExactly(source.atoms());
        assertThat(test.image(0).samples()).isNotEqualTo(source.image(0).samples());
    }
}
