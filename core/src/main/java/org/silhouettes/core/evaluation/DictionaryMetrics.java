package org.silhouettes.core.evaluation;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;
import org.silhouettes.linalg.Random64;

/** Metrics of a dictionary W, [atoms, values], that need no images. */
public final class DictionaryMetrics {

    private static final int ITERATIONS = 500;
    private static final double TOLERANCE = 1e-9;

    private DictionaryMetrics() {}

    /**
     * Block coherence, Theodosis & Ba 2023 eq. 3 (Eldar, Kuppinger & Bölcskei 2010): max over g ≠ h of ‖W_g W_hᵀ‖₂ / d, the
     * spectral norm by power iteration. NaN with a single group.
     */
    public static double blockCoherence(Dictionary dictionary) {
        int groups = dictionary.shape().groups();
        int d = dictionary.shape().groupSize();
        float[] gram = gram(dictionary);
        double largest = groups == 1 ? Double.NaN : 0;
        double[] block = new double[d * d];
        for (int g = 0; g < groups; g++) {
            for (int h = 0; h < g; h++) {
                for (int i = 0; i < d; i++) {
                    for (int j = 0; j < d; j++) {
                        block[i * d + j] = gram[(g * d + i) * groups * d + h * d + j];
                    }
                }
                largest = Math.max(largest, spectralNorm(block, d, largest * d));
            }
        }
        return largest / d;
    }

    /** The Lipschitz constant L of the encoder's gradient: the largest eigenvalue of WWᵀ. */
    public static double lipschitz(Dictionary dictionary) {
        float[] gram = gram(dictionary);
        double[] matrix = new double[gram.length];
        int atoms = dictionary.shape().atoms();
        for (int i = 0; i < atoms; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i * atoms + j] = gram[i * atoms + j];
                matrix[j * atoms + i] = gram[i * atoms + j];
            }
        }
        // of a symmetric positive matrix the spectral norm is the largest eigenvalue
        return spectralNorm(matrix, atoms, 0);
    }

    /** WWᵀ, [atoms, atoms], lower triangle only; the same bits on every CPU, because activity records report the coherence. */
    private static float[] gram(Dictionary dictionary) {
        int atoms = dictionary.shape().atoms();
        float[] gram = new float[Math.multiplyExact(atoms, atoms)];
        try (PackedMatrix factor =
                Kernels.best().packedMatrix(dictionary.shape().values(), atoms)) {
            factor.useTransposed(dictionary.atoms());
            factor.lowerGram(dictionary.atoms(), gram);
        }
        return gram;
    }

    /**
     * Largest singular value of a square matrix by power iteration on BᵀB from a random start, [n, n] row-major; 0 if its
     * Frobenius norm is below {@code floor}.
     */
    static double spectralNorm(double[] matrix, int n, double floor) {
        double squares = 0;
        for (double value : matrix) {
            squares += value * value;
        }
        if (squares == 0 || Math.sqrt(squares) < floor) {
            return 0;
        }
        Random64 random = new Random64(0);
        double[] vector = new double[n];
        for (int i = 0; i < n; i++) {
            vector[i] = random.nextGaussian();
        }
        double[] image = new double[n];
        double norm = 0;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            scaleToUnit(vector);
            double before = norm;
            multiply(matrix, vector, image);
            norm = norm(image);
            if (norm == 0 || Math.abs(norm - before) <= TOLERANCE * norm) {
                break;
            }
            multiplyTransposed(matrix, image, vector);
        }
        return norm;
    }

    private static void multiply(double[] matrix, double[] x, double[] out) {
        int n = x.length;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += matrix[i * n + j] * x[j];
            }
            out[i] = sum;
        }
    }

    private static void multiplyTransposed(double[] matrix, double[] x, double[] out) {
        int n = x.length;
        Arrays.fill(out, 0);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[j] += matrix[i * n + j] * x[i];
            }
        }
    }

    private static void scaleToUnit(double[] x) {
        double norm = norm(x);
        for (int i = 0; i < x.length; i++) {
            x[i] /= norm;
        }
    }

    private static double norm(double[] x) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }
}
