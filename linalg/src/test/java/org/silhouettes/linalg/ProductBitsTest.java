package org.silhouettes.linalg;

import static org.silhouettes.linalg.KernelBitsTest.same;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Products of this JVM's kernels and of the plain ones give the bits of {@link Specification}, whatever the shape. */
class ProductBitsTest {

    static Stream<Arguments> inputs() {
        return Stream.of(Kernels.best(), new PlainKernels())
                .flatMap(kernels -> Arrays.stream(Numbers.values()).map(numbers -> Arguments.of(kernels, numbers)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void denseProductsAreChainsOverTheDepth(Kernels kernels, Numbers numbers) {
        int[][] shapes = {
            {1, 1, 1}, {8, 16, 32}, {3, 5, 17}, {6, 7, 16}, {13, 37, 45}, {23, 400, 65}, {2, 785, 33}, {64, 3, 31}
        };
        for (int[] shape : shapes) {
            int rows = shape[0];
            int depth = shape[1];
            int columns = shape[2];
            int at = rows % 5;
            float[] a = numbers.array(at + rows * depth, depth);
            float[] b = numbers.array(depth * columns, rows);
            float[] expected = new float[rows * columns];
            Specification.multiply(a, at, rows, depth, b, columns, expected);
            float[] c = new float[rows * columns];
            try (PackedMatrix factor = kernels.packedMatrix(depth, columns)) {
                factor.use(b, 0, depth);
                factor.multiply(a, at, rows, c);
                same(c, expected, rows);
                factor.useTransposed(transposed(b, depth, columns));
                Arrays.fill(c, Float.NaN);
                factor.multiply(a, at, rows, c);
                same(c, expected, rows);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void gramMatricesAreChainsOverTheDepth(Kernels kernels, Numbers numbers) {
        for (int n : new int[] {1, 9, 33, 50}) {
            int depth = 2 * n + 1;
            float[] rows = numbers.array(n * depth, n);
            float[] expected = new float[n * n];
            Specification.multiply(rows, 0, n, depth, transposed(rows, n, depth), n, expected);
            float[] c = new float[n * n];
            try (PackedMatrix factor = kernels.packedMatrix(depth, n)) {
                factor.useTransposed(rows);
                factor.lowerGram(rows, c);
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    same(c[i * n + j], expected[i * n + j], i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void outerProductsAreChainsOverThePairs(Kernels kernels, Numbers numbers) {
        for (int xLength : new int[] {1, 2, 5, 6, 8, 13, 16, 32, 37}) {
            for (int yLength : new int[] {1, 4, 15, 16, 20, 25, 32, 33, 49, 64, 70}) {
                for (int pairs : new int[] {1, 4, 70}) {
                    outerProducts(kernels, numbers, xLength, yLength, pairs);
                }
            }
        }
    }

    private static void outerProducts(Kernels kernels, Numbers numbers, int xLength, int yLength, int pairs) {
        int stride = yLength + xLength % 3;
        Random random = new Random(pairs);
        float[] x = numbers.array(500, xLength);
        float[] y = numbers.array(500, yLength);
        int[] xAt = random.ints(pairs, 0, 400).toArray();
        int[] yAt = random.ints(pairs, 0, 400).toArray();
        float[] c = numbers.array(7 + xLength * stride, 3);
        float[] expected = c.clone();
        int from = pairs > 1 ? 1 : 0;
        for (int i = 0; i < xLength; i++) {
            for (int j = 0; j < yLength; j++) {
                int at = 7 + i * stride + j;
                expected[at] = Specification.outer(x, xAt, i, y, yAt, j, from, pairs, 0.03f, c[at]);
            }
        }
        try (OuterProducts products = kernels.outerProducts(xLength, yLength, 64)) {
            products.add(x, xAt, y, yAt, from, pairs, 0.03f, c, 7, stride);
        }
        same(c, expected, pairs);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void sumsOfRowsHaveTwoChains(Kernels kernels, Numbers numbers) {
        int[][] shapes = {
            {9, 5, 5},
            {9, 5, 1},
            {40, 37, 37},
            {20, 96, 16},
            {23, 99, 33},
            {21, 160, 32},
            {64, 320, 32},
            {12, 784, 784},
            {30, 60, 20},
            {10, 24, 8}
        };
        for (int[] shape : shapes) {
            int rows = shape[0];
            int columns = shape[1];
            int block = shape[2];
            float[] values = numbers.array(rows * columns, rows);
            float[] weights = numbers.array(rows, columns);
            for (int k = rows % 3; k < rows; k += 3) {
                weights[k] = k % 2 == 0 ? 0 : -0f;
            }
            SparseVector list = new SparseVector(rows);
            list.add(0, weights, 0, rows);
            float[] start = numbers.array(columns + 3, 5);
            RowAccumulator table = kernels.rowAccumulator(rows, columns, block);
            table.use(values);
            float[] out = new float[columns + 2];
            float[] expected = new float[columns + 2];
            table.sum(list, -1, start, 3, out, 2);
            for (int j = 0; j < columns; j++) {
                expected[2 + j] = Specification.rows(values, columns, j, weights, -1, start[3 + j]);
            }
            same(out, expected, columns);
            // any number of blocks, so that vectors come in groups of any size
            int blocks = columns / block;
            for (int count = 0; count <= blocks; count++) {
                int[] asked = IntStream.range(blocks - count, blocks).toArray();
                Arrays.fill(out, 7);
                table.sumBlocks(list, -1, asked, count, start, 3, out, 2);
                for (int j = 0; j < columns; j++) {
                    same(out[2 + j], j / block >= blocks - count ? expected[2 + j] : 7, j);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void blocksOfSymmetricMatricesAreMultipliedInTheOrderOfTheirRows(Kernels kernels, Numbers numbers) {
        int size = RowAccumulator.PRODUCT_BLOCK;
        int n = 3 * size;
        float[] lower = numbers.array(n * n, 1);
        RowAccumulator table = kernels.rowAccumulator(n, n, size);
        table.useSymmetric(lower);
        for (int listed = 1; listed < 10; listed++) {
            float[] x = numbers.array(10 * n, 2);
            float[] y = numbers.array(10 * n, 3);
            float[] expected = y.clone();
            int[] at = IntStream.range(0, listed).map(i -> (i * 7 + 2) % 10 * n).toArray();
            for (int row : at) {
                for (int j = 0; j < size; j++) {
                    for (int k = 2 * size; k < n; k++) {
                        expected[row + j] = Math.fma(x[row + k], lower[k * n + j], expected[row + j]);
                    }
                }
            }
            table.addBlock(2, 0, x, at, listed, y);
            same(y, expected, listed);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void squaresOfBlocksAreSumsOverTheirRows(Kernels kernels, Numbers numbers) {
        for (int size : new int[] {3, 16, 17, 32}) {
            int n = 2 * size;
            float[] values = numbers.array(n * n, size);
            RowAccumulator table = kernels.rowAccumulator(n, n, size);
            table.use(values);
            float[] out = new float[4];
            table.blockSquares(out);
            for (int h = 0; h < 2; h++) {
                for (int g = 0; g < 2; g++) {
                    float[] block = new float[size * size];
                    for (int i = 0; i < size; i++) {
                        System.arraycopy(values, (h * size + i) * n + g * size, block, i * size, size);
                    }
                    same(out[h * 2 + g], Specification.squares(block, 0, block.length), size);
                }
            }
        }
    }

    private static float[] transposed(float[] x, int rows, int columns) {
        float[] out = new float[x.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = x[i * columns + j];
            }
        }
        return out;
    }
}
