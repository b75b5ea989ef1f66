package org.silhouettes.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Dense products and sums of outer products of this JVM's kernels and of the plain ones, on integers: sums are exact. */
class ProductsTest {

    private static final int FROM = 3;

    /** Rows, depth, columns: whole tiles, and something over in each direction. */
    static Stream<Arguments> shapes() {
        return kernels()
                .flatMap(kernels -> Stream.of(
                        Arguments.of(kernels, 8, 16, 32),
                        Arguments.of(kernels, 1, 1, 1),
                        Arguments.of(kernels, 21, 37, 45),
                        Arguments.of(kernels, 7, 800, 64),
                        Arguments.of(kernels, 17, 393, 31),
                        Arguments.of(kernels, 40, 20, 80)));
    }

    static Stream<Kernels> kernels() {
        return Stream.of(Kernels.best(), new PlainKernels());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void productIsThatOfALoopHoweverItsFactorIsGiven(Kernels kernels, int rows, int depth, int columns) {
        float[] a = integers(FROM + rows * depth, 1);
        float[] b = integers(depth * columns, 2);
        float[] expected = new float[rows * columns];
        float[] transposed = new float[columns * depth];
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < depth; k++) {
                transposed[j * depth + k] = b[k * columns + j];
                for (int i = 0; i < rows; i++) {
                    expected[i * columns + j] += a[FROM + i * depth + k] * b[k * columns + j];
                }
            }
        }
        float[] c = new float[rows * columns];
        try (PackedMatrix factor = kernels.packedMatrix(depth, columns)) {
            Arrays.fill(c, Float.NaN);
            factor.useTransposed(transposed);
            factor.multiply(a, FROM, rows, c);
            assertThat(c).containsExactly(expected);

            float[] stale = b.clone();
            Arrays.fill(stale, depth / 2 * columns, depth * columns, 100);
            factor.use(stale, 0, depth);
            factor.use(b, depth / 2, depth - depth / 2);
            Arrays.fill(c, Float.NaN);
            factor.multiply(a, FROM, rows, c);
            assertThat(c).containsExactly(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gramIsThatOfALoopOnAndBelowTheDiagonal(Kernels kernels, int columns, int depth, int ignored) {
        float[] rows = integers(columns * depth, 3);
        float[] c = new float[columns * columns];
        try (PackedMatrix factor = kernels.packedMatrix(depth, columns)) {
            factor.useTransposed(rows);
            factor.lowerGram(rows, c);
        }
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j <= i; j++) {
                float expected = 0;
                for (int k = 0; k < depth; k++) {
                    expected += rows[i * depth + k] * rows[j * depth + k];
                }
                assertThat(c[i * columns + j]).isEqualTo(expected);
            }
        }
    }

    /** An image's correlations must not depend on the mini-batch that it comes in. */
    @ParameterizedTest
    @MethodSource("kernels")
    void rowsOfAProductDoNotDependOnThoseBesideThem(Kernels kernels) {
        int depth = 784;
        int columns = 50;
        int rows = 8;
        float[] a = fractions(rows * depth);
        float[] together = new float[rows * columns];
        float[] alone = new float[columns];
        try (PackedMatrix factor = kernels.packedMatrix(depth, columns)) {
            factor.use(fractions(depth * columns), 0, depth);
            factor.multiply(a, 0, rows, together);
            for (int i = 0; i < rows; i++) {
                factor.multiply(a, i * depth, 1, alone);
                assertThat(alone).containsExactly(Arrays.copyOfRange(together, i * columns, (i + 1) * columns));
            }
            float[] again = new float[rows * columns];
            factor.multiply(a, 0, rows, again);
            assertThat(again).containsExactly(together);
        }
    }

    /** Lengths of x and y. */
    static Stream<Arguments> lengths() {
        return kernels()
                .flatMap(kernels -> Stream.of(
                        Arguments.of(kernels, 32, 32),
                        Arguments.of(kernels, 16, 48),
                        Arguments.of(kernels, 9, 33),
                        Arguments.of(kernels, 3, 40),
                        Arguments.of(kernels, 20, 5)));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void outerProductsAddUpWhereverTheirVectorsStand(Kernels kernels, int xLength, int yLength) {
        int pairs = 11;
        int stride = yLength + 4;
        float[] x = integers(300, 4);
        float[] y = integers(400, 5);
        int[] xAt = new int[pairs];
        int[] yAt = new int[pairs];
        for (int p = 0; p < pairs; p++) {
            xAt[p] = p * 37 % 260;
            yAt[p] = p * 53 % 350;
        }
        float[] c = integers(FROM + xLength * stride, 6);
        float[] expected = c.clone();
        for (int p = 2; p < pairs - 1; p++) {
            for (int i = 0; i < xLength; i++) {
                for (int j = 0; j < yLength; j++) {
                    expected[FROM + i * stride + j] += 2 * x[xAt[p] + i] * y[yAt[p] + j];
                }
            }
        }
        try (OuterProducts products = kernels.outerProducts(xLength, yLength, 4)) {
            products.add(x, xAt, y, yAt, 2, pairs - 1, 2, c, FROM, stride);
        }
        assertThat(c).containsExactly(expected);
    }

    private static float[] integers(int length, int seed) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = (i * 29 + seed * 13) % 17 - 8;
        }
        return out;
    }

    private static float[] fractions(int length) {
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = ((i * 37) % 101 - 50) / 49f;
        }
        return out;
    }
}
