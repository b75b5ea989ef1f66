package org.silhouettes.job.learn;

import org.silhouettes.core.learner.TrainingStepCache;
import org.silhouettes.core.learner.UsageClock;
import org.silhouettes.imaging.ImageShape;

/** Engines of one thread: the usual ones, and those that learn as after a drift. */
record ModelTrainingSteps(TrainingStepCache usual, TrainingStepCache acting, UsageClock clock)
        implements AutoCloseable {

    /** Frees memory. */
    interface Room {
        void make(double bytes);
    }

    static ModelTrainingSteps of(LearningSettings settings, Room room) {
        TrainingStepCache.Memory memory = new TrainingStepCache.Memory() {
            @Override
            public int mostGroups(ImageShape image) {
                return ModelSize.mostGroups(image, settings);
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

    /** What all engines take. */
    long bytes() {
        return usual.bytes() + acting.bytes();
    }

    /** When the least recently used engine was used, by the clock. */
    long oldestUse() {
        return Math.min(usual.oldestUse(), acting.oldestUse());
    }

    /** Closes the least recently used engine, if there is one. */
    void evictOldest() {
        (usual.oldestUse() <= acting.oldestUse() ? usual : acting).evictOldest();
    }

    @Override
    public void close() {
        usual.close();
        acting.close();
    }
}
