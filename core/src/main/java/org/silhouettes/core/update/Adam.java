package org.silhouettes.core.update;

import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.AdamMoments;
import org.silhouettes.core.state.TrainingState;
import org.silhouettes.linalg.AdamStep;
import org.silhouettes.linalg.Kernels;

/**
 * Adam (Kingma & Ba 2015) on the atoms of a dictionary, followed by a projection of every atom to unit norm. The moments are
 * the {@link AdamMoments} of the model's state.
 */
final class Adam {

    private static final Kernels KERNELS = Kernels.best();

    private final UpdateSettings settings;
    private final AdamStep step;

    Adam(UpdateSettings settings) {
        this.settings = settings;
        this.step = new AdamStep(settings.beta1(), settings.beta2(), settings.epsilon());
    }

    /**
     * Bias corrections of the next step, the same for all atoms.
     *
     * @param minLearningRate used if the configured rate is lower
     * @return reused by the next call
     */
    AdamStep next(TrainingState state, double minLearningRate) {
        double t = state.steps() + 1;
        double rate = Math.max(minLearningRate, settings.learningRate()) / (1 - StrictMath.pow(settings.beta1(), t));
        double correction = 1 / Math.sqrt(1 - StrictMath.pow(settings.beta2(), t));
        return step.at(rate, correction);
    }

    /**
     * Applies the step to a range of atoms.
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
