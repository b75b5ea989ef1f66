package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;

/**
 * Adam (Kingma & Ba 2015) on a dictionary, every atom scaled back to unit norm afterwards, in one pass over the atoms. Its
 * moments are the arrays {@code adam.first} and {@code adam.second} of the model's state.
 */
final class Adam {

    private final UpdateSettings settings;

    Adam(UpdateSettings settings) {
        this.settings = settings;
    }

    /** @param gradient [atoms, values], finite */
    void step(Dictionary dictionary, OptimiserState state, float[] gradient) {
        int size = dictionary.shape().size();
        float[] first = state.array("adam.first", size);
        float[] second = state.array("adam.second", size);
        double t = state.steps() + 1;
        float beta1 = (float) settings.beta1();
        float beta2 = (float) settings.beta2();
        float rest1 = (float) (1 - settings.beta1());
        float rest2 = (float) (1 - settings.beta2());
        float rate = (float) (settings.learningRate() / (1 - Math.pow(settings.beta1(), t)));
        float correction = (float) (1 / Math.sqrt(1 - Math.pow(settings.beta2(), t)));
        float epsilon = (float) settings.epsilon();
        float[] atoms = dictionary.atoms();
        for (int i = 0; i < size; i++) {
            float g = gradient[i];
            float m = beta1 * first[i] + rest1 * g;
            float v = beta2 * second[i] + rest2 * g * g;
            first[i] = m;
            second[i] = v;
            atoms[i] -= rate * m / ((float) Math.sqrt(v) * correction + epsilon);
        }
        dictionary.normaliseInPlace();
    }
}
