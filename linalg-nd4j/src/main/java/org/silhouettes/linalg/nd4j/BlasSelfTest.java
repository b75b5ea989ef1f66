package org.silhouettes.linalg.nd4j;

import java.io.IOException;
import java.util.Arrays;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * Multiplies matrices of small integers and compares with plain Java. All sums stay below 2²⁴, so every right library
 * gives exactly the same floats, in whatever order it adds. OpenBLAS 0.3.19, which ND4J 1.0.0-M2.1 was released with, has
 * AVX-512 kernels that do not.
 */
final class BlasSelfTest {

    /** m, n, k: the hot shapes, and odd ones that reach the kernels' edges. */
    private static final int[][] SHAPES = {
        {64, 320, 784},
        {64, 320, 320},
        {320, 784, 64},
        {1, 320, 784},
        {17, 320, 32},
        {7, 33, 129},
        {3, 5, 1},
        {65, 63, 31}
    };

    private BlasSelfTest() {}

    /** What is wrong with the library and what helps, or null. */
    static String fault() {
        int threads = openblas_nolapack.blas_get_num_threads();
        if (threads != 1) {
            return "OpenBLAS runs on " + threads
                    + " threads although 1 was set: set OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1";
        }
        for (int[] shape : SHAPES) {
            String gramFault = gramFault(shape[1], shape[2]);
            if (gramFault != null) {
                return gramFault;
            }
            for (Kind kind : Kind.values()) {
                String fault = fault(kind, shape[0], shape[1], shape[2]);
                if (fault != null) {
                    return fault;
                }
            }
        }
        return null;
    }

    private static String fault(Kind kind, int m, int n, int k) {
        float[] a = integers(m * k, 1);
        float[] b = integers(k * n, 2);
        float[] c = integers(m * n, 3);
        float[] right = product(a, b, m, n, k);
        for (float beta : new float[] {0, 1}) {
            float[] actual = kind.multiply(a, b, c, m, n, k, beta);
            for (int i = 0; i < actual.length; i++) {
                float expected = right[i] + (beta == 0 ? 0 : c[i]);
                if (actual[i] != expected) {
                    return message(kind, m, n, k, i / n, i % n, actual[i], expected);
                }
            }
        }
        return null;
    }

    private static String gramFault(int n, int k) {
        float[] a = integers(n * k, 4);
        float[] right = product(a, transposed(a, n, k), n, n, k);
        try (Matrix matrix = matrix(n, k, a);
                Matrix gram = new Matrix(n, n)) {
            Blas.lowerGram(n, k, matrix.all(), gram.all());
            float[] actual = new float[n * n];
            gram.get(0, actual, 0, n * n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    if (actual[i * n + j] != right[i * n + j]) {
                        return message("GRAM", n, n, k, i, j, actual[i * n + j], right[i * n + j]);
                    }
                }
            }
        }
        return null;
    }

    private static String message(Object kind, int m, int n, int k, int row, int column, float actual, float expected) {
        return "the BLAS of this machine multiplies wrongly: " + kind + " of [" + m + ", " + k + "] and [" + k + ", "
                + n
                + "] gives " + actual + " at [" + row + ", " + column + "], right is " + expected + "; library "
                + library()
                + ". Set the environment variable OPENBLAS_CORETYPE=Haswell (x86) to take other kernels, or put a newer"
                + " org.bytedeco:openblas on the class path";
    }

    private static String library() {
        try {
            return "org.bytedeco:openblas " + Loader.getVersion("org.bytedeco", "openblas");
        } catch (IOException e) {
            return "org.bytedeco:openblas of unknown version (" + e.getMessage() + ")";
        }
    }

    /** The ways in which a product is asked for here. */
    private enum Kind {
        PLAIN {
            @Override
            void call(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
                Blas.multiply(m, n, k, 1, a.all(), b.all(), beta, c.all());
            }
        },
        SECOND_TRANSPOSED {
            @Override
            void call(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
                Blas.multiplyTransposed(m, n, k, 1, a.all(), b.all(), beta, c.all());
            }
        },
        FIRST_TRANSPOSED {
            @Override
            void call(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c) {
                Blas.transposedMultiply(m, n, k, 1, a.all(), b.all(), beta, c.all());
            }
        };

        abstract void call(int m, int n, int k, Matrix a, Matrix b, float beta, Matrix c);

        float[] multiply(float[] a, float[] b, float[] c, int m, int n, int k, float beta) {
            try (Matrix left = this == FIRST_TRANSPOSED ? matrix(k, m, transposed(a, m, k)) : matrix(m, k, a);
                    Matrix right = this == SECOND_TRANSPOSED ? matrix(n, k, transposed(b, k, n)) : matrix(k, n, b);
                    // β = 0 must overwrite whatever was there, NaN too
                    Matrix out = matrix(m, n, beta == 0 ? nans(m * n) : c)) {
                call(m, n, k, left, right, beta, out);
                float[] result = new float[m * n];
                out.get(0, result, 0, m * n);
                return result;
            }
        }
    }

    private static Matrix matrix(int rows, int columns, float[] values) {
        Matrix matrix = new Matrix(rows, columns);
        matrix.put(0, values, 0, values.length);
        return matrix;
    }

    private static float[] nans(int length) {
        float[] out = new float[length];
        Arrays.fill(out, Float.NaN);
        return out;
    }

    private static float[] integers(int length, int seed) {
        float[] out = new float[length];
        int state = seed;
        for (int i = 0; i < length; i++) {
            state = state * 1664525 + 1013904223;
            out[i] = (state >>> 28) - 8;
        }
        return out;
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

    private static float[] product(float[] a, float[] b, int m, int n, int k) {
        float[] c = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < k; l++) {
                float ail = a[i * k + l];
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += ail * b[l * n + j];
                }
            }
        }
        return c;
    }
}
