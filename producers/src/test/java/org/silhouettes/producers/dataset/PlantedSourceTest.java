package org.silhouettes.producers.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.core.initialisation.Random64;

class PlantedSourceTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(5, 4, new ImageShape(16, 16, 1));
    private static final PlantedSettings NOISELESS = new PlantedSettings(SHAPE, 2, 3, 0);
    private final PlantedSource source = new PlantedSource(NOISELESS, Split.TRAIN, 9);

    @Test
    void anImageIsWhatItsCodeMakesOfTheDictionaryToHalfAStep() {
        float[] atoms = source.dictionary().atoms();
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

        assertThat(test.dictionary().sha256()).isEqualTo(source.dictionary().sha256());
        assertThat(test.image(0).samples()).isNotEqualTo(source.image(0).samples());
    }

    @Test
    void recoveryIsOneForTheSameAtomsInAnyOrderSignAndScale() {
        Dictionary planted = source.dictionary();
        int[] order = new Random64(1).permutation(20);
        float[] atoms = new float[planted.atoms().length];
        for (int k = 0; k < 20; k++) {
            for (int i = 0; i < 256; i++) {
                atoms[k * 256 + i] = (k % 2 == 0 ? -2 : 3) * planted.atoms()[order[k] * 256 + i];
            }
        }

        Recovery recovery = source.recovery(new Dictionary(SHAPE, atoms, 0));
        assertThat(recovery.atoms()).isCloseTo(1, within(1e-6));
        assertThat(recovery.groups()).as("atoms of mixed groups").isLessThan(0.9);
    }

    @Test
    void aGroupIsRecoveredWhereItsSpanIsWhicheverAtomsSpanIt() {
        Dictionary planted = source.dictionary();
        int values = SHAPE.values();
        int size = SHAPE.groupSize();
        float[] mixed = new float[SHAPE.size()];
        Random64 random = new Random64(2);
        for (int k = 0; k < SHAPE.atoms(); k++) {
            // group g of the other is spanned by mixtures of the planted group before it
            int from = Math.floorMod(k / size - 1, SHAPE.groups()) * size;
            for (int j = from; j < from + size; j++) {
                float weight = (float) random.nextGaussian();
                for (int i = 0; i < values; i++) {
                    mixed[k * values + i] += weight * planted.atoms()[j * values + i];
                }
            }
        }
        Recovery recovery = source.recovery(new Dictionary(SHAPE, mixed, 0));
        assertThat(recovery.groups()).isCloseTo(1, within(1e-5));
        assertThat(recovery.atoms()).isLessThan(0.95);
    }

    @Test
    void recoveryIsLowForUnrelatedAtomsAndZeroForNone() {
        Dictionary unrelated = new PlantedSource(NOISELESS, Split.TRAIN, 10).dictionary();

        assertThat(source.recovery(unrelated).atoms()).isLessThan(0.25);
        // spans of SIZE and SIZE dimensions of 256 values have SIZE / 256 in common by chance
        assertThat(source.recovery(unrelated).groups()).isLessThan(0.1);
        assertThat(source.recovery(new Dictionary(SHAPE, new float[SHAPE.size()], 0)))
                .isEqualTo(new Recovery(0, 0));
        assertThatThrownBy(() -> source.recovery(
                        new Dictionary(new DictionaryShape(1, 1, new ImageShape(2, 2, 1)), new float[4], 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dictionary has atoms of 2x2x1, the planted one of 16x16x1");
    }
}
