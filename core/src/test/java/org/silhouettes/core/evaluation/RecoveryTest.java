package org.silhouettes.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

class RecoveryTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(5, 4, new ImageShape(16, 16, 1));

    private static Dictionary planted(long seed) {
        Random64 random = new Random64(seed);
        float[] atoms = new float[SHAPE.size()];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) random.nextGaussian();
        }
        Dictionary dictionary = new Dictionary(SHAPE, atoms, 0);
        dictionary.normaliseInPlace();
        return dictionary;
    }

    @Test
    void recoveryIsOneForTheSameAtomsInAnyOrderSignAndScale() {
        Dictionary planted = planted(9);
        int[] order = new Random64(1).permutation(20);
        float[] atoms = new float[planted.atoms().length];
        for (int k = 0; k < 20; k++) {
            for (int i = 0; i < 256; i++) {
                atoms[k * 256 + i] = (k % 2 == 0 ? -2 : 3) * planted.atoms()[order[k] * 256 + i];
            }
        }

        Recovery recovery = Recovery.of(planted, new Dictionary(SHAPE, atoms, 0));
        assertThat(recovery.atoms()).isCloseTo(1, within(1e-6));
        assertThat(recovery.groups()).as("atoms of mixed groups").isLessThan(0.9);
    }

    @Test
    void aGroupIsRecoveredWhereItsSpanIsWhicheverAtomsSpanIt() {
        Dictionary planted = planted(9);
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
        Recovery recovery = Recovery.of(planted, new Dictionary(SHAPE, mixed, 0));
        assertThat(recovery.groups()).isCloseTo(1, within(1e-5));
        assertThat(recovery.atoms()).isLessThan(0.95);
    }

    @Test
    void recoveryIsLowForUnrelatedAtomsAndZeroForNone() {
        Dictionary planted = planted(9);
        Dictionary unrelated = planted(10);

        assertThat(Recovery.of(planted, unrelated).atoms()).isLessThan(0.25);
        // spans of SIZE and SIZE dimensions of 256 values have SIZE / 256 in common by chance
        assertThat(Recovery.of(planted, unrelated).groups()).isLessThan(0.1);
        assertThat(Recovery.of(planted, new Dictionary(SHAPE, new float[SHAPE.size()], 0)))
                .isEqualTo(new Recovery(0, 0));
        assertThatThrownBy(() -> Recovery.of(
                        planted, new Dictionary(new DictionaryShape(1, 1, new ImageShape(2, 2, 1)), new float[4], 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dictionary has atoms of 2x2x1, the planted one of 16x16x1");
    }
}
