package org.silhouettes.core.learner;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.AdamMoments;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.AdamStep;
import org.silhouettes.linalg.Kernels;

/**
 * Adam (Kingma & Ba 2015) on a dictionary, every atom scaled back to unit norm afterwards. Its moments
 * are {@link AdamMoments} of the model's state.
 */
final class Adam {

    private static final Kernels KERNELS = Kernels.best();

    private final UpdateSettings settings;
    private final AdamStep step;
    private double leastRate;

    Adam(UpdateSettings settings) {
        this.settings = settings;
        this.step = new AdamStep(settings.beta1(), settings.beta2(), settings.epsilon());
    }

    /** Takes this learning rate from now on where the settings' own is below it. */
    void leastRate(double rate) {
        leastRate = rate;
    }

    /** What the next step has in common for all atoms; holds until the one after it. */
    AdamStep next(TrainingState state) {
        double t = state.steps() + 1;
        double rate = Math.max(leastRate, settings.learningRate()) / (1 - StrictMath.pow(settings.beta1(), t));
        double correction = 1 / Math.sqrt(1 - StrictMath.pow(settings.beta2(), t));
        return step.at(rate, correction);
    }

    /**
     * The step of some atoms.
     *
     * @param gradient [count, values], finite
     */
    void step(AdamStep next, Dictionary dictionary, TrainingState state, float[] gradient, int firstAtom, int count) {
        float[] atoms = dictionary.atoms();
        AdamMoments moments = state.adam();
        moments.ensure(dictionary.shape().size());
        float[] first = moments.first();
        float[] second = moments.second();
        int values = dictionary.shape().values();
        for (int k = 0; k < count; k++) {
            int from = (firstAtom + k) * values;
            float squares = KERNELS.adam(gradient, k * values, atoms, first, second, from, values, next);
            if (squares > 0) {
                KERNELS.scale(atoms, from, values, (float) (1 / Math.sqrt(squares)));
            }
        }
    }
}
