package org.silhouettes.job.learn;

/** A model in memory, with what its cache and its timer need to know. Not thread-safe. */
final class CachedModel {

    private final Model model;
    private boolean timerSet;
    /** Starts as true: a new model is not stored yet, and a loaded one took the images that waited for it. */
    private boolean changed = true;

    private long accountedBytes;
    private long lastUse;

    /** @param timerSet whether a timer will flush the partly filled mini-batch */
    CachedModel(Model model, boolean timerSet) {
        this.model = model;
        this.timerSet = timerSet;
    }

    Model model() {
        return model;
    }

    String name() {
        return model.name();
    }

    ModelOutline outline() {
        return model.outline(timerSet);
    }

    /** Whether the keyed state is out of date. */
    boolean isChanged() {
        return changed;
    }

    void markChanged() {
        changed = true;
    }

    void markWritten() {
        changed = false;
    }

    boolean timerSet() {
        return timerSet;
    }

    void timerSet(boolean set) {
        changed |= timerSet != set;
        timerSet = set;
    }

    /** The size that the cache has counted. */
    long accountedBytes() {
        return accountedBytes;
    }

    void accountedBytes(long bytes) {
        accountedBytes = bytes;
    }

    /** Time of the last use, by the clock of {@link ModelTrainingSteps}. */
    long lastUse() {
        return lastUse;
    }

    void lastUse(long time) {
        lastUse = time;
    }
}
