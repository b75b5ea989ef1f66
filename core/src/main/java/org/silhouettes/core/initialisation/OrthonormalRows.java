package org.silhouettes.core.initialisation;

import org.silhouettes.linalg.Random64;

/** Orthonormalises rows by the modified Gram–Schmidt process, applied twice for accuracy. */
final class OrthonormalRows {

    private OrthonormalRows() {}

    /** {@code count} random directions, orthonormal; count ≤ length. */
    static Rows random(int count, int length, Random64 random) {
        Rows rows = Noise.gaussian(count, length, random);
        orthonormaliseInPlace(rows, random);
        return rows;
    }

    /** Orthonormalises the rows in order; a linearly dependent row is replaced by a random direction. */
    static void orthonormaliseInPlace(Rows rows, Random64 random) {
        for (int i = 0; i < rows.count(); i++) {
            rows.normaliseInPlace(i);
            while (projectOut(rows, i) < 1e-4) {
                Rows fresh = Noise.gaussian(1, rows.length(), random).unit();
                System.arraycopy(fresh.values(), 0, rows.values(), i * rows.length(), rows.length());
            }
            rows.normaliseInPlace(i);
            projectOut(rows, i);
            rows.normaliseInPlace(i);
        }
    }

    /** Projects row i onto the complement of the rows before it; returns its remaining norm. */
    private static double projectOut(Rows rows, int i) {
        int length = rows.length();
        float[] values = rows.values();
        int to = i * length;
        for (int from = 0; from < to; from += length) {
            double product = 0;
            for (int at = 0; at < length; at++) {
                product += (double) values[from + at] * values[to + at];
            }
            for (int at = 0; at < length; at++) {
                values[to + at] -= (float) (product * values[from + at]);
            }
        }
        return rows.norm(i);
    }
}
