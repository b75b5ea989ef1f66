package org.silhouettes.linalg;

import java.util.Random;

/** Kinds of numbers that kernels may treat differently. */
enum Numbers {
    ORDINARY {
        @Override
        float next(Random random) {
            return (float) random.nextGaussian();
        }
    },
    /** Around the smallest normal number, where products and differences lose bits or vanish. */
    TINY {
        @Override
        float next(Random random) {
            return (float) (random.nextGaussian() * (random.nextBoolean() ? 1e-39 : 1e-22));
        }
    },
    /** Whose squares overflow now and then. */
    HUGE {
        @Override
        float next(Random random) {
            return (float) (random.nextGaussian() * (random.nextInt(9) == 0 ? 3e19 : 1e17));
        }
    },
    /** Zeros of both signs among others. */
    ZEROS {
        @Override
        float next(Random random) {
            int kind = random.nextInt(4);
            return kind == 0 ? 0 : kind == 1 ? -0f : kind == 2 ? Float.MIN_VALUE : (float) random.nextGaussian();
        }
    },
    /** NaN and infinities among others. */
    SPECIAL {
        @Override
        float next(Random random) {
            int kind = random.nextInt(60);
            return kind == 0
                    ? Float.NaN
                    : kind == 1
                            ? Float.POSITIVE_INFINITY
                            : kind == 2 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
        }
    };

    abstract float next(Random random);

    float[] array(int length, long seed) {
        Random random = new Random(seed);
        float[] out = new float[length];
        for (int i = 0; i < length; i++) {
            out[i] = next(random);
        }
        return out;
    }
}
