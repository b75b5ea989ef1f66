package org.silhouettes.job.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Models in memory and the training steps that they share, bounded by bytes together. The least recently used are evicted
 * first; what is in use always stays, however large. Not thread-safe.
 */
final class ModelCache {

    /** Stores models that are evicted. */
    interface Store {
        void write(CachedModel model) throws Exception;
    }

    private final long maxBytes;
    private final Store store;
    private final ModelTrainingSteps steps;
    /** The least recently used first. */
    private final Map<String, CachedModel> models = new LinkedHashMap<>(16, 0.75f, true);

    private long modelBytes;
    /** Time of the last use of a model. */
    private long since;

    ModelCache(long maxBytes, Store store, ModelTrainingSteps steps) {
        this.maxBytes = maxBytes;
        this.store = store;
        this.steps = steps;
    }

    /** The model, which is now the one in use, or null if it is not in memory. */
    CachedModel get(String name) {
        CachedModel model = models.get(name);
        if (model != null) {
            use(model);
        }
        return model;
    }

    void put(CachedModel model) {
        CachedModel before = models.put(model.name(), model);
        if (before != null && before != model) {
            modelBytes -= before.accountedBytes();
        }
        use(model);
    }

    private void use(CachedModel model) {
        since = steps.clock().getAsLong();
        model.lastUse(since);
    }

    /** Forgets a model without writing it. */
    void remove(CachedModel model) {
        if (models.remove(model.name(), model)) {
            modelBytes -= model.accountedBytes();
        }
    }

    /**
     * Counts a model, just used, at its present size and evicts other models and training steps until all fit.
     *
     * @return number of evicted models
     */
    int account(CachedModel model) throws Exception {
        if (models.get(model.name()) != model) {
            return 0;
        }
        long size = model.model().bytes();
        modelBytes += size - model.accountedBytes();
        model.accountedBytes(size);
        return makeRoom(0);
    }

    /**
     * Evicts the least recently used models and training steps until this many bytes more fit.
     *
     * @return number of evicted models
     */
    int makeRoom(double more) throws Exception {
        int evicted = 0;
        while (bytes() + more > maxBytes) {
            CachedModel oldest = models.size() > 1 ? models.values().iterator().next() : null;
            long oldestStep = steps.oldestUse();
            if (oldestStep < since && (oldest == null || oldestStep < oldest.lastUse())) {
                steps.evictOldest();
            } else if (oldest != null) {
                evictOldest();
                evicted++;
            } else {
                break;
            }
        }
        return evicted;
    }

    private void evictOldest() throws Exception {
        CachedModel victim = models.values().iterator().next();
        if (victim.isChanged()) {
            makeRoomToWrite(victim, since);
            store.write(victim);
            victim.markWritten();
        }
        remove(victim);
    }

    /**
     * Writes all changed models, which stay in memory; no training step may be in use.
     *
     * @return number of written models
     */
    int writeChanged() throws Exception {
        int written = 0;
        for (CachedModel model : List.copyOf(models.values())) {
            if (model.isChanged()) {
                makeRoomToWrite(model, Long.MAX_VALUE);
                store.write(model);
                model.markWritten();
                written++;
            }
        }
        return written;
    }

    /** Closes training steps that were used before a time until the serialised model and its copies fit. */
    private void makeRoomToWrite(CachedModel model, long usedBefore) {
        while (bytes() + ModelSize.COPIES_WRITTEN * model.accountedBytes() > maxBytes
                && steps.oldestUse() < usedBefore) {
            steps.evictOldest();
        }
    }

    /** Number of models. */
    int size() {
        return models.size();
    }

    /** Bytes of all models and training steps. */
    long bytes() {
        return modelBytes + steps.bytes();
    }
}
