package org.silhouettes.producers.replay;

import org.silhouettes.core.initialisation.Random64;

/** Independent random numbers for the parts of a seeded whole. */
final class Seeds {

    private Seeds() {}

    /** Random numbers of part {@code part} of what {@code seed} decides. */
    static Random64 random(long seed, long part) {
        return new Random64(new Random64(new Random64(seed).nextLong() + part).nextLong());
    }
}
