package org.silhouettes.job.learn;

import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.EngineCache;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.OrganisationSettings;
import org.silhouettes.core.learner.UpdateSettings;

/** Engines of one thread: the usual ones, and those that learn as after a drift. */
record ModelEngines(EngineCache usual, EngineCache acting) implements AutoCloseable {

    /** Above this a learning rate is refused. */
    private static final double LARGEST_RATE = 0.999;

    static ModelEngines of(LearnerSettings learner, DriftSettings drift) {
        return new ModelEngines(new EngineCache(learner), new EngineCache(acting(learner, drift)));
    }

    private static LearnerSettings acting(LearnerSettings learner, DriftSettings drift) {
        UpdateSettings update = learner.update();
        OrganisationSettings organisation = learner.organisation();
        return new LearnerSettings(
                learner.groups(),
                learner.groupSize(),
                learner.encoder(),
                new UpdateSettings(
                        update.rule(),
                        Math.min(LARGEST_RATE, update.learningRate() * drift.boost()),
                        update.beta1(),
                        update.beta2(),
                        update.epsilon(),
                        update.rho(),
                        drift.forgetting()),
                learner.initialisation(),
                new OrganisationSettings(
                        organisation.guidance(),
                        organisation.temperature(),
                        organisation.lambdaGrowth(),
                        drift.reviveAfter() == 0 ? organisation.reviveAfter() : drift.reviveAfter()),
                learner.batch(),
                learner.seed());
    }

    @Override
    public void close() {
        usual.close();
        acting.close();
    }
}
