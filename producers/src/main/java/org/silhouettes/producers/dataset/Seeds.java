package org.silhouettes.producers.dataset;

import org.silhouettes.linalg.Random64;

/** Independent random numbers for the parts of a seeded whole. */
public final class Seeds {

    private Seeds() {}

    /** Random numbers of part {@code part} of what {@code seed} decides. */
    public static Random64 random(long seed, long part) {
        return new Random64(new Random64(new Random64(seed).nextLong() + part).nextLong());
    }
}
