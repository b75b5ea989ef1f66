package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;

/**
 * Adam (Kingma & Ba 2015) on a dictionary, every atom scaled back to unit norm afterwards. Its moments are the arrays
 * {@code adam.first} and {@code adam.second} of the model's state.
 */
final class Adam {

    private final UpdateSettings settings;

    Adam(UpdateSettings settings) {
        this.settings = settings;
    }

    /** @param gradient [atoms, values], finite */
    void step(Dictionary dictionary, OptimiserState state, float[] gradient) {
        int size = dictionary.shape().size();
        double t = state.steps() + 1;
        double rate = settings.learningRate() / (1 - Math.pow(settings.beta1(), t));
        double correction = 1 / Math.sqrt(1 - Math.pow(settings.beta2(), t));
        step(
                dictionary.atoms(),
                gradient,
                state.array("adam.first", size),
                state.array("adam.second", size),
                (float) settings.beta1(),
                (float) settings.beta2(),
                (float) rate,
                (float) correction,
                (float) settings.epsilon());
        dictionary.normaliseInPlace();
    }

    private static void step(
            float[] atoms,
            float[] gradient,
            float[] first,
            float[] second,
            float beta1,
            float beta2,
            float rate,
            float correction,
            float epsilon) {
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = 0; i < atoms.length; i++) {
            float g = gradient[i];
            float m = beta1 * first[i] + rest1 * g;
            float v = beta2 * second[i] + rest2 * g * g;
            first[i] = m;
            second[i] = v;
            atoms[i] -= rate * m / ((float) Math.sqrt(v) * correction + epsilon);
        }
    }
}
