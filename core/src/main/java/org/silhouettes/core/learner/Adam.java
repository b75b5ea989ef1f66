package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.linalg.Kernels;

/**
 * Adam (Kingma & Ba 2015) on a dictionary, every atom scaled back to unit norm afterwards. Its moments are the arrays
 * {@code adam.first} and {@code adam.second} of the model's state.
 */
final class Adam {

    /** Arrays of the model's state with the moments, [atoms, values]. */
    static final String FIRST = "adam.first";

    static final String SECOND = "adam.second";

    private static final Kernels KERNELS = Kernels.best();

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
        Kernels.AdamStep step = new Kernels.AdamStep(
                (float) settings.beta1(), (float) settings.beta2(), (float) rate, (float) correction, (float)
                        settings.epsilon());
        float[] atoms = dictionary.atoms();
        float[] first = state.array(FIRST, size);
        float[] second = state.array(SECOND, size);
        int values = dictionary.shape().values();
        for (int from = 0; from < size; from += values) {
            float squares = KERNELS.adam(atoms, gradient, first, second, from, values, step);
            if (squares > 0) {
                KERNELS.scale(atoms, from, values, (float) (1 / Math.sqrt(squares)));
            }
        }
    }
}
