package org.silhouettes.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This JVM's kernels and the plain ones give the bits of {@link Specification}, whatever the length, the place in the array
 * and the numbers. {@code mvn verify} runs it with vectors of the CPU's width, with AVX2 and without vectors.
 */
class KernelBitsTest {

    static Stream<Kernels> kernels() {
        return Stream.of(Kernels.best(), new PlainKernels());
    }

    static Stream<Arguments> inputs() {
        return kernels()
                .flatMap(kernels -> Arrays.stream(Numbers.values()).map(numbers -> Arguments.of(kernels, numbers)));
    }

    private static int[] lengths() {
        return IntStream.concat(IntStream.range(0, 70), IntStream.of(96, 100, 127, 320, 784, 1001))
                .toArray();
    }

    /** Starts anywhere, such that vectors are aligned and not. */
    private static int from(int length, int seed) {
        return (length * 7 + seed * 5) % 19;
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void sumsHaveSixteenLanesAndARemainder(Kernels kernels, Numbers numbers) {
        for (int n : lengths()) {
            int p = from(n, 1);
            int q = from(n, 2);
            float[] x = numbers.array(n + 19, n);
            float[] y = numbers.array(n + 19, n + 10_000);
            for (float floor : new float[] {0, Float.NEGATIVE_INFINITY, 0.1f}) {
                same(kernels.rectifiedDot(x, p, y, q, floor, n), Specification.rectifiedDot(x, p, y, q, floor, n), n);
            }
            same(kernels.squares(x, p, n), Specification.squares(x, p, n), n);
            same(kernels.rectifiedSquares(x, p, n), Specification.rectifiedSquares(x, p, n), n);
            same(kernels.dot(x, p, y, q, n), Specification.dot(x, p, y, q, n), n);
            same(kernels.squaredDistance(x, p, y, q, n), Specification.squaredDistance(x, p, y, q, n), n);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void groupsHaveTheSumsOfTheirOwnValues(Kernels kernels, Numbers numbers) {
        for (int size : lengths()) {
            float[] x = numbers.array(3 * size, size);
            for (boolean rectified : new boolean[] {false, true}) {
                float[] out = new float[3];
                kernels.groupSquares(x, 3, size, rectified, out);
                for (int g = 0; g < 3; g++) {
                    float expected = rectified
                            ? Specification.rectifiedSquares(x, g * size, size)
                            : Specification.squares(x, g * size, size);
                    same(out[g], expected, size);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void movesAreThoseOfTheSpecificationAndSoAreTheirSums(Kernels kernels, Numbers numbers) {
        for (int n : lengths()) {
            int p = from(n, 1);
            float[] x = numbers.array(n + 19, n);
            float[] y = numbers.array(n + 19, n + 10_000);
            float[] z = numbers.array(n + 19, n + 20_000);
            float[] expectedZ = z.clone();
            float expected = Specification.extrapolate(1.7f, x, -0.7f, y, expectedZ, p, n);
            same(kernels.extrapolate(1.7f, x, -0.7f, y, z, p, n), expected, n);
            same(z, expectedZ, n);
            float expectedSum = Specification.addScaled(x, -0.013f, y, expectedZ, p, n);
            same(kernels.addScaled(x, -0.013f, y, z, p, n), expectedSum, n);
            same(z, expectedZ, n);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void valuesThatStandAloneAreThoseOfTheSpecification(Kernels kernels, Numbers numbers) {
        for (int n : lengths()) {
            int p = from(n, 1);
            int q = from(n, 2);
            int r = from(n, 3);
            float[] x = numbers.array(n + 19, n);
            float[] y = numbers.array(n + 19, n + 10_000);
            float[] out = numbers.array(n + 19, n + 20_000);
            float[] expected = out.clone();
            kernels.combine(1.3f, x, p, -0.6f, y, q, out, r, n);
            for (int i = 0; i < n; i++) {
                expected[r + i] = Math.fma(-0.6f, y[q + i], 1.3f * x[p + i]);
            }
            same(out, expected, n);
            for (float floor : new float[] {0, Float.NEGATIVE_INFINITY}) {
                kernels.rectify(x, p, 0.9f, floor, out, r, n);
                for (int i = 0; i < n; i++) {
                    expected[r + i] = 0.9f * Math.max(x[p + i], floor);
                }
                same(out, expected, n);
                kernels.shrinkageGradient(x, p, 0.9f, floor, 0.4f, floor, out, r, n);
                Specification.shrinkageGradient(x, p, 0.9f, floor, 0.4f, floor, expected, r, n);
                same(out, expected, n);
            }
            kernels.scale(out, r, n, 0.37f);
            for (int i = r; i < r + n; i++) {
                expected[i] *= 0.37f;
            }
            same(out, expected, n);
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void adamIsThatOfTheSpecification(Kernels kernels, Numbers numbers) {
        AdamStep step = new AdamStep(0.9, 0.999, 1e-8).at(1.3e-3, 1.7);
        for (int n : lengths()) {
            int p = from(n, 1);
            int q = from(n, 2);
            float[] g = numbers.array(n + 19, n);
            float[] x = numbers.array(n + 19, n + 10_000);
            float[] m = numbers.array(n + 19, n + 20_000);
            float[] v = numbers.array(n + 19, n + 30_000);
            for (int i = 0; i < v.length; i++) {
                v[i] = Math.abs(v[i]);
            }
            float[] expectedX = x.clone();
            float[] expectedM = m.clone();
            float[] expectedV = v.clone();
            for (int round = 0; round < 2; round++) {
                float expected = Specification.adam(g, q, expectedX, expectedM, expectedV, p, n, step);
                same(kernels.adam(g, q, x, m, v, p, n, step), expected, n);
                same(x, expectedX, n);
                same(m, expectedM, n);
                same(v, expectedV, n);
            }
        }
    }

    /** Compiled code must give the bits of interpreted code. */
    @Test
    void sumsStayTheSameWhenTheyAreCompiled() {
        float[] x = Numbers.ORDINARY.array(1000, 1);
        float expected = Specification.squares(x, 3, 984);
        float rectified = Specification.rectifiedSquares(x, 3, 984);
        for (int i = 0; i < 30_000; i++) {
            same(Kernels.best().squares(x, 3, 984), expected, i);
            same(Kernels.best().rectifiedSquares(x, 3, 984), rectified, i);
        }
    }

    static void same(float actual, float expected, int what) {
        if (Float.floatToIntBits(actual) != Float.floatToIntBits(expected)) {
            assertThat(actual).as("at %d", what).isEqualTo(expected);
            // of equal numbers, zeros of two signs
            assertThat(Float.floatToIntBits(actual)).as("bits at %d", what).isEqualTo(Float.floatToIntBits(expected));
        }
    }

    static void same(float[] actual, float[] expected, int what) {
        for (int i = 0; i < expected.length; i++) {
            same(actual[i], expected[i], what);
        }
    }
}
