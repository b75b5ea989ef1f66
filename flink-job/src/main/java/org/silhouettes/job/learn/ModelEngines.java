package org.silhouettes.job.learn;

import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.EngineCache;
import org.silhouettes.core.learner.LearnerSettings;

/** Engines of one thread: the usual ones, and those that learn as after a drift. */
record ModelEngines(EngineCache usual, EngineCache acting) implements AutoCloseable {

    static ModelEngines of(LearnerSettings learner, DriftSettings drift) {
        return new ModelEngines(new EngineCache(learner), new EngineCache(drift.acting(learner)));
    }

    @Override
    public void close() {
        usual.close();
        acting.close();
    }
}
