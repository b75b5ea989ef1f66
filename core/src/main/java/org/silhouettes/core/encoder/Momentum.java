package org.silhouettes.core.encoder;

/** Momentum weights of FISTA (Beck & Teboulle 2009): (t − 1)/t⁺ with t⁺ = (1 + √(1 + 4t²))/2, t₀ = 1; zeros for ISTA. */
final class Momentum {

    private Momentum() {}

    static float[] of(EncoderSettings settings) {
        float[] weights = new float[settings.layers()];
        if (settings.unrolling() == Unrolling.FISTA) {
            double t = 1;
            for (int k = 0; k < weights.length; k++) {
                double next = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
                weights[k] = (float) ((t - 1) / next);
                t = next;
            }
        }
        return weights;
    }
}
