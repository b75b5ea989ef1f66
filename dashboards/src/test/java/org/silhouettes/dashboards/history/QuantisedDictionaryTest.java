package org.silhouettes.dashboards.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;

class QuantisedDictionaryTest {

    private static final DictionaryShape SHAPE = new DictionaryShape(2, 1, new ImageShape(1, 3, 1));

    @Test
    void isLaidOutAsDocumented() {
        float[] atoms = {1.27f, -0.635f, 0, 0, 0, 0};
        byte[] bytes =
                QuantisedDictionary.of(SHAPE, atoms, new float[] {0, 0.5f, 1}).bytes();
        ByteBuffer expected = ByteBuffer.allocate(24 + 12 + 9).order(ByteOrder.LITTLE_ENDIAN);
        expected.put("SIL1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        expected.putInt(2).putInt(1).putInt(1).putInt(3).putInt(1);
        expected.putFloat(1.27f / 127).putFloat(0).putFloat(1f / 127);
        expected.put(new byte[] {127, -63, 0, 0, 0, 0, 0, 64, 127});
        // −63.5 and 63.5 round up
        assertThat(bytes).isEqualTo(expected.array());
    }

    @Test
    void errsByHalfALevelAtMost() {
        DictionaryShape shape = new DictionaryShape(3, 4, new ImageShape(5, 5, 3));
        Random random = new Random(3);
        float[] atoms = new float[shape.size()];
        for (int i = 0; i < atoms.length; i++) {
            atoms[i] = (float) random.nextGaussian();
        }
        float[] read = QuantisedDictionary.of(shape, atoms, new float[75]).atoms();
        for (int k = 0; k < shape.atoms(); k++) {
            float largest = 0;
            for (int i = 0; i < 75; i++) {
                largest = Math.max(largest, Math.abs(atoms[k * 75 + i]));
            }
            for (int i = 0; i < 75; i++) {
                assertThat(read[k * 75 + i]).isEqualTo(atoms[k * 75 + i], within(largest / 127 / 2 * 1.0001f));
            }
        }
    }

    @Test
    void measuresMovementAsOneMinusCosine() {
        QuantisedDictionary before = QuantisedDictionary.of(SHAPE, new float[] {1, 0, 0, 0, 1, 0}, new float[3]);
        QuantisedDictionary after = QuantisedDictionary.of(SHAPE, new float[] {0, 1, 0, 0, 2, 0}, new float[3]);
        assertThat(after.movementSince(before)).containsExactly(1, 0);
        QuantisedDictionary turned = QuantisedDictionary.of(SHAPE, new float[] {-1, 0, 0, 0, 0, 0}, new float[3]);
        assertThat(turned.movementSince(before)).containsExactly(2, 1);
    }

    @Test
    void refusesArraysOfAnotherShape() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuantisedDictionary.of(SHAPE, new float[5], new float[3]))
                .withMessage(
                        "dictionary has 5 values and a mean image of 3, 2 groups of 1 atoms of 1x3x1 needs 6 and 3");
    }
}
