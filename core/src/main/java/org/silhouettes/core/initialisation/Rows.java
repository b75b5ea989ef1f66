package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.core.linalg.Blas;
import org.silhouettes.core.linalg.Matrix;

/**
 * Vectors of equal length as the rows of a matrix.
 *
 * @param values [count, length], float32, row-major
 * @param count number of rows, ≥ 0
 * @param length values of a row, ≥ 1
 */
@SuppressWarnings("ArrayRecordComponent")
record Rows(float[] values, int count, int length) {

    /** Rows shorter than this are taken as zero: what is left of an image that equals the mean image. */
    static final double ZERO = 1e-6;

    /** Rows of zeros. */
    static Rows zeros(int count, int length) {
        return new Rows(new float[Math.multiplyExact(count, length)], count, length);
    }

    /** The rows with these indices, copied in this order. */
    Rows gather(int[] indices) {
        Rows out = zeros(indices.length, length);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(values, indices[i] * length, out.values, i * length, length);
        }
        return out;
    }

    /** A copy with every row scaled to unit Euclidean norm; a zero row stays zero. */
    Rows unit() {
        Rows out = new Rows(values.clone(), count, length);
        for (int i = 0; i < count; i++) {
            out.normaliseInPlace(i);
        }
        return out;
    }

    /** Scales row i to unit norm, or sets it to zero where its norm is below {@link #ZERO}. */
    void normaliseInPlace(int i) {
        double norm = norm(i);
        int from = i * length;
        if (norm < ZERO) {
            Arrays.fill(values, from, from + length, 0);
            return;
        }
        float scale = (float) (1 / norm);
        for (int at = from; at < from + length; at++) {
            values[at] *= scale;
        }
    }

    /** Euclidean norm of row i. */
    double norm(int i) {
        double squares = 0;
        for (int at = i * length; at < (i + 1) * length; at++) {
            squares += (double) values[at] * values[at];
        }
        return Math.sqrt(squares);
    }

    /** The transposed matrix, [length, count]. */
    Rows transposed() {
        Rows out = zeros(length, count);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < length; j++) {
                out.values[j * count + i] = values[i * length + j];
            }
        }
        return out;
    }

    /** Inner products with the other's rows: this · otherᵀ, [count, other.count]. */
    Rows timesTransposed(Rows other) {
        Rows out = zeros(count, other.count);
        if (count > 0 && other.count > 0) {
            try (Matrix a = matrix();
                    Matrix b = other.matrix();
                    Matrix c = new Matrix(count, other.count)) {
                Blas.multiplyTransposed(count, other.count, length, 1, a.all(), b.all(), 0, c.all());
                c.get(0, out.values, 0, out.values.length);
            }
        }
        return out;
    }

    /** Linear combinations of the other's rows: this · other, [count, other.length]; length = other.count. */
    Rows times(Rows other) {
        Rows out = zeros(count, other.length);
        if (count > 0) {
            try (Matrix a = matrix();
                    Matrix b = other.matrix();
                    Matrix c = new Matrix(count, other.length)) {
                Blas.multiply(count, other.length, length, 1, a.all(), b.all(), 0, c.all());
                c.get(0, out.values, 0, out.values.length);
            }
        }
        return out;
    }

    /** A copy off the heap, as products need it. */
    private Matrix matrix() {
        Matrix matrix = new Matrix(count, length);
        matrix.put(0, values, 0, count * length);
        return matrix;
    }
}
