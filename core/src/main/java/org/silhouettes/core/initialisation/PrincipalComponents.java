package org.silhouettes.core.initialisation;

import org.silhouettes.linalg.Random64;

/**
 * Leading eigenvectors of a covariance by subspace iteration (Halko, Martinsson & Tropp 2011): a random block of a few
 * extra directions is repeatedly multiplied by XᵀX and orthonormalised.
 */
final class PrincipalComponents {

    private static final int SPARE = 8;
    private static final int ITERATIONS = 20;

    private PrincipalComponents() {}

    /**
     * An orthonormal basis of the leading directions, in descending order of variance.
     *
     * @param centred points minus their mean, [points, length]
     * @param count 1 … length
     * @return [count, length]
     */
    static Rows leading(Rows centred, int count, Random64 random) {
        int length = centred.length();
        Rows basis = OrthonormalRows.random(Math.min(length, count + SPARE), length, random);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            // row i becomes (XᵀX) basis_i; Gram–Schmidt in order keeps the strongest first
            basis = basis.timesTransposed(centred).times(centred);
            OrthonormalRows.orthonormaliseInPlace(basis, random);
        }
        int[] first = new int[count];
        for (int i = 0; i < count; i++) {
            first[i] = i;
        }
        return basis.select(first);
    }
}
