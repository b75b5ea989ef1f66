package org.silhouettes.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SparseProductsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 33})
    void lanesAddUpWhateverTheLength(int length) {
        float[] x = new float[length + 3];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 2 == 0 ? i : -i;
        }
        float squares = 0;
        float rectified = 0;
        for (int i = 2; i < 2 + length; i++) {
            squares += x[i] * x[i];
            rectified += Math.max(x[i], 0) * Math.max(x[i], 0);
        }
        assertThat(Lanes.squares(x, 2, length)).isEqualTo(squares);
        assertThat(Lanes.rectifiedSquares(x, 2, length)).isEqualTo(rectified);
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "4, 7", "48, 7", "4, 40"})
    void sparseProductIsTheDenseOne(int activeBlocks, int values) {
        int atoms = 48 * 2 + 5;
        int groupSize = 1;
        int count = 9;
        float[] x = new float[count * atoms];
        float[] v = new float[count * values];
        for (int b = 0; b < count; b++) {
            for (int k = 0; k < Math.min(activeBlocks * 2, atoms); k++) {
                x[b * atoms + (b * 11 + k) % atoms] = k % 5 - 2;
            }
            for (int p = 0; p < values; p++) {
                v[b * values + p] = b - p;
            }
        }
        float[] actual = new float[atoms * values];
        Arrays.fill(actual, 1);
        try (SparseProducts products = new SparseProducts(Kernels.best(), atoms, groupSize, values, count)) {
            products.add(x, v, count, 2, actual);
        }
        for (int k = 0; k < atoms; k++) {
            for (int p = 0; p < values; p++) {
                float expected = 1;
                for (int b = 0; b < count; b++) {
                    expected += 2 * x[b * atoms + k] * v[b * values + p];
                }
                assertThat(actual[k * values + p]).isEqualTo(expected);
            }
        }
    }
}
