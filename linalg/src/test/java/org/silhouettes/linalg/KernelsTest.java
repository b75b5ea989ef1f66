package org.silhouettes.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kernel of this JVM and the plain ones against loops written out, at lengths that leave something over. */
class KernelsTest {

    private static final int FROM = 3;
    private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

    static Stream<Kernels> kernels() {
        return Stream.of(Kernels.best(), new PlainKernels());
    }

    static Stream<Arguments> lengths() {
        return kernels().flatMap(kernels -> IntStream.of(0, 1, 7, 16, 32, 37, 67, 100)
                .mapToObj(length -> Arguments.of(kernels, length)));
    }

    /** Rows, columns, listed rows, columns of a block. */
    static Stream<Arguments> tables() {
        return kernels()
                .flatMap(kernels -> Stream.of(
                        Arguments.of(kernels, 20, 37, 7, 37),
                        Arguments.of(kernels, 20, 37, 7, 1),
                        Arguments.of(kernels, 20, 5, 20, 5),
                        Arguments.of(kernels, 9, 240, 0, 16),
                        Arguments.of(kernels, 9, 320, 1, 32),
                        Arguments.of(kernels, 40, 320, 23, 32),
                        Arguments.of(kernels, 7, 784, 6, 28),
                        Arguments.of(kernels, 30, 99, 11, 33)));
    }

    @Test
    void vectorsAreChosenWhereTheModuleIsThere() {
        boolean there = ModuleLayer.boot().findModule(KernelChoice.MODULE).isPresent();
        assertThat(Kernels.best()).isInstanceOf(there ? VectorKernels.class : PlainKernels.class);
        assertThat(Kernels.best().description()).startsWith(there ? "vectors of " : "plain Java");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void sumOfRowsIsThatOfItsList(Kernels kernels, int rows, int columns, int listed, int size) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            // integers, so that sums are exact
            values[i] = i % 11 - 5;
        }
        RowAccumulator table = kernels.rowAccumulator(rows, columns, size);
        table.use(values);
        float[] weights = new float[rows + FROM];
        for (int k = 0; k < listed; k++) {
            weights[FROM + k] = k % 4 - 1;
        }
        SparseVector list = new SparseVector(rows);
        list.add(0, weights, FROM, rows);
        float[] start = new float[columns + FROM];
        Arrays.fill(start, 2);
        float[] expected = new float[columns];
        for (int j = 0; j < columns; j++) {
            expected[j] = 2;
            for (int k = 0; k < rows; k++) {
                expected[j] -= weights[FROM + k] * values[k * columns + j];
            }
        }
        float[] out = new float[columns + 1];
        Arrays.fill(out, Float.NaN);
        table.sum(list, -1, start, FROM, out, 1);
        assertThat(Arrays.copyOfRange(out, 1, columns + 1)).containsExactly(expected);

        int blocks = columns / size;
        int[] every = IntStream.range(0, blocks).filter(b -> b % 3 != 1).toArray();
        Arrays.fill(out, Float.NaN);
        table.sumBlocks(list, -1, every, every.length, start, FROM, out, 1);
        for (int j = 0; j < columns; j++) {
            boolean asked = j / size < blocks && j / size % 3 != 1;
            assertThat(Float.valueOf(out[j + 1])).isEqualTo(Float.valueOf(asked ? expected[j] : Float.NaN));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void symmetricMatrixIsMadeOfItsLowerTriangle(Kernels kernels) {
        int n = 70;
        float[] values = new float[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                values[i * n + j] = j <= i ? i * 3 + j : Float.NaN;
            }
        }
        RowAccumulator table = kernels.rowAccumulator(n, n, 35);
        table.useSymmetric(values);
        for (int i = 0; i < n; i++) {
            SparseVector one = new SparseVector(1);
            one.add(i, new float[] {1}, 0, 1);
            float[] row = new float[n];
            table.sum(one, 1, new float[n], 0, row, 0);
            for (int j = 0; j < n; j++) {
                assertThat(row[j]).isEqualTo(Math.max(i, j) * 3 + Math.min(i, j));
            }
        }
        float[] squares = new float[4];
        table.blockSquares(squares);
        double corner = 0;
        for (int i = 35; i < 70; i++) {
            for (int j = 0; j < 35; j++) {
                corner += Math.pow(i * 3 + j, 2);
            }
        }
        assertThat(squares[1] / corner).isCloseTo(1, Offset.offset(1e-5));
        assertThat(squares[2]).isEqualTo(squares[1]);
    }

    /** Lists of one to nine rows: whole tiles, and rows left over. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9})
    void blockIsMultipliedByTheListedRowsAndNoOthers(int listed) {
        int size = 32;
        int columns = 3 * size;
        RowAccumulator table = Kernels.best().rowAccumulator(columns, columns, size);
        float[] matrix = values(columns * columns, 1);
        table.use(matrix);
        float[] x = values(10 * columns, 2);
        float[] y = values(10 * columns, 3);
        float[] expected = y.clone();
        int[] at =
                IntStream.range(0, listed).map(i -> (i * 7 + 2) % 10 * columns).toArray();
        for (int row : at) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    expected[row + j] =
                            Math.fma(x[row + 2 * size + k], matrix[(2 * size + k) * columns + j], expected[row + j]);
                }
            }
        }
        table.addBlock(2, 0, x, at, listed, y);
        // each sum is a chain in the order of the rows, whatever else is listed
        assertThat(y).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void sumsAreThoseOfALoop(Kernels kernels, int length) {
        float[] x = values(length, 1);
        float[] y = values(length, 2);
        double squares = 0;
        double rectified = 0;
        double distance = 0;
        double dot = 0;
        double rectifiedDot = 0;
        for (int i = FROM; i < FROM + length; i++) {
            squares += x[i] * x[i];
            rectified += Math.max(x[i], 0) * Math.max(x[i], 0);
            distance += (x[i] - y[i]) * (x[i] - y[i]);
            dot += x[i] * y[i];
            rectifiedDot += x[i] * Math.max(y[i], 0.1f);
        }
        assertThat(kernels.squares(x, FROM, length)).isCloseTo((float) squares, ROUNDING);
        assertThat(kernels.rectifiedSquares(x, FROM, length)).isCloseTo((float) rectified, ROUNDING);
        assertThat(kernels.squaredDistance(x, FROM, y, FROM, length)).isCloseTo((float) distance, ROUNDING);
        assertThat(kernels.dot(x, FROM, y, FROM, length)).isCloseTo((float) dot, ROUNDING);
        assertThat(kernels.rectifiedDot(x, FROM, y, FROM, 0.1f, length)).isCloseTo((float) rectifiedDot, ROUNDING);
        float[] groups = new float[2];
        kernels.groupSquares(Arrays.copyOfRange(x, FROM, FROM + 2 * (length / 2)), 2, length / 2, true, groups);
        assertThat(groups[0]).isCloseTo(kernels.rectifiedSquares(x, FROM, length / 2), ROUNDING);
        assertThat(groups[1]).isCloseTo(kernels.rectifiedSquares(x, FROM + length / 2, length / 2), ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void mixturesAreThoseOfALoopAndTouchNothingElse(Kernels kernels, int length) {
        float[] x = values(length, 1);
        float[] y = values(length, 2);
        float[] combined = values(length, 3);
        float[] rectified = values(length, 3);
        float[] extrapolated = values(length, 3);
        float[] added = values(length, 3);
        float[] scaled = values(length, 3);
        float[] gradient = values(length, 3);
        float[] before = values(length, 3);
        kernels.combine(2, x, FROM, -3, y, FROM, combined, FROM, length);
        kernels.rectify(x, FROM, 2, 0.1f, rectified, FROM, length);
        float moved = kernels.extrapolate(1.5f, x, -0.5f, y, extrapolated, FROM, length);
        float squares = kernels.addScaled(x, 0.25f, y, added, FROM, length);
        kernels.scale(scaled, FROM, length, 3);
        kernels.shrinkageGradient(x, FROM, 2, 0.1f, 0.5f, -0.2f, gradient, FROM, length);
        double expectedMoved = 0;
        double expectedSquares = 0;
        for (int i = 0; i < before.length; i++) {
            boolean inside = i >= FROM && i < FROM + length;
            float b = before[i];
            assertThat(combined[i]).isCloseTo(inside ? 2 * x[i] - 3 * y[i] : b, ROUNDING);
            assertThat(rectified[i]).isCloseTo(inside ? 2 * Math.max(x[i], 0.1f) : b, ROUNDING);
            assertThat(extrapolated[i]).isCloseTo(inside ? 1.5f * x[i] - 0.5f * y[i] : b, ROUNDING);
            assertThat(added[i]).isCloseTo(inside ? x[i] + 0.25f * y[i] : b, ROUNDING);
            assertThat(scaled[i]).isCloseTo(inside ? 3 * b : b, ROUNDING);
            assertThat(gradient[i])
                    .isCloseTo(inside ? (b > 0.1f ? 2 * x[i] : 0) + 0.5f * Math.max(b, -0.2f) : b, ROUNDING);
            if (inside) {
                expectedMoved += Math.pow(extrapolated[i] - b, 2);
                expectedSquares += added[i] * added[i];
            }
        }
        assertThat(moved).isCloseTo((float) expectedMoved, ROUNDING);
        assertThat(squares).isCloseTo((float) expectedSquares, ROUNDING);
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void adamIsThatOfALoop(Kernels kernels, int length) {
        float[] x = values(length, 1);
        float[] m = values(length, 2);
        float[] v = values(length, 3);
        for (int i = 0; i < v.length; i++) {
            v[i] = Math.abs(v[i]);
        }
        float[] expected = x.clone();
        float[] g = values(length, 4);
        for (int i = FROM; i < FROM + length; i++) {
            double first = 0.9 * m[i] + 0.1 * g[i];
            double second = 0.99 * v[i] + 0.01 * g[i] * g[i];
            expected[i] -= (float) (0.2 * first / (1.5 * Math.sqrt(second) + 0.1));
        }
        float[] shifted = Arrays.copyOfRange(g, FROM - 1, g.length);
        float squares = kernels.adam(shifted, 1, x, m, v, FROM, length, new AdamStep(0.9, 0.99, 0.1).at(0.2, 1.5));
        assertThat(x).containsExactly(expected, ROUNDING);
        assertThat(squares).isCloseTo(kernels.squares(x, FROM, length), ROUNDING);
    }

    /** Numbers of both signs from −1 to 1, some more than are used. */
    private static float[] values(int length, int seed) {
        float[] x = new float[length + 2 * FROM];
        for (int i = 0; i < x.length; i++) {
            x[i] = ((i * 37 + seed * 53) % 101 - 50) / 50f;
        }
        return x;
    }
}
