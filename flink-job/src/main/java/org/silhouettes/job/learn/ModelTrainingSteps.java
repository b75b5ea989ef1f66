package org.silhouettes.job.learn;

import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.learner.TrainingStepCache;
import org.silhouettes.core.learner.UsageClock;
import org.silhouettes.imaging.ImageShape;

/** The training steps of one thread: the usual ones, and those with the settings after a drift. */
record ModelTrainingSteps(TrainingStepCache usual, TrainingStepCache acting, UsageClock clock)
        implements AutoCloseable {

    /** Frees memory. */
    interface Room {
        void make(double bytes);
    }

    static ModelTrainingSteps of(LearningSettings settings, Room room) {
        TrainingStepCache.Memory memory = new TrainingStepCache.Memory() {
            @Override
            public int maxGroups(ImageShape image) {
                return ModelSize.maxGroups(image, settings);
            }

            @Override
            public void makeRoom(double bytes) {
                room.make(bytes);
            }
        };
        UsageClock clock = new UsageClock();
        return new ModelTrainingSteps(
                new TrainingStepCache(settings.learner(), memory, clock),
                new TrainingStepCache(settings.drift().acting(settings.learner()), memory, clock),
                clock);
    }

    /** The training steps for a model with this drift monitor. */
    TrainingStepCache of(DriftMonitor drift) {
        return drift.acting() ? acting : usual;
    }

    /** Bytes of all training steps. */
    long bytes() {
        return usual.bytes() + acting.bytes();
    }

    /** Time of the least recent use of a training step, by the clock. */
    long oldestUse() {
        return Math.min(usual.oldestUse(), acting.oldestUse());
    }

    /** Closes the least recently used training step, if there is one. */
    void evictOldest() {
        (usual.oldestUse() <= acting.oldestUse() ? usual : acting).evictOldest();
    }

    @Override
    public void close() {
        usual.close();
        acting.close();
    }
}
