package org.silhouettes.core.initialisation;

import java.util.Arrays;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.PackedMatrix;

/**
 * Vectors of equal length as the rows of a matrix.
 *
 * @param values [count, length], float32, row-major
 * @param count number of rows, ≥ 0
 * @param length values of a row, ≥ 1
 */
@SuppressWarnings("ArrayRecordComponent")
record Rows(float[] values, int count, int length) {

    /** Norm below which a row is zero: the rounding errors of an image that equals the mean image. */
    static final double ZERO = 1e-6;

    /** Rows of zeros. */
    static Rows zeros(int count, int length) {
        return new Rows(new float[Math.multiplyExact(count, length)], count, length);
    }

    /** The rows with these indices, copied in this order. */
    Rows select(int[] indices) {
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

    /** Scales row i to unit norm, or sets it to zero if its norm is below {@link #ZERO}. */
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
            try (PackedMatrix packed = other.packedTransposed()) {
                packed.multiply(values, 0, count, out.values);
            }
        }
        return out;
    }

    /** Linear combinations of the other's rows: this · other, [count, other.length]; length = other.count. */
    Rows times(Rows other) {
        Rows out = zeros(count, other.length);
        if (count > 0) {
            try (PackedMatrix packed = Kernels.best().packedMatrix(other.count, other.length)) {
                packed.use(other.values, 0, other.count);
                packed.multiply(values, 0, count, out.values);
            }
        }
        return out;
    }

    /**
     * The transposed matrix, [length, count], packed as right-hand side of products; a copy that the caller closes. Products
     * are bit-for-bit the same on every CPU, see {@link PackedMatrix}.
     */
    PackedMatrix packedTransposed() {
        PackedMatrix packed = Kernels.best().packedMatrix(length, count);
        packed.useTransposed(values);
        return packed;
    }
}
