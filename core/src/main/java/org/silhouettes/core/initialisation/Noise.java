package org.silhouettes.core.initialisation;

import org.silhouettes.linalg.Random64;

/** Gaussian numbers as rows. */
final class Noise {

    private Noise() {}

    /** Independent standard normal values. */
    static Rows gaussian(int count, int length, Random64 random) {
        Rows rows = Rows.zeros(count, length);
        for (int at = 0; at < rows.values().length; at++) {
            rows.values()[at] = (float) random.nextGaussian();
        }
        return rows;
    }
}
