package org.silhouettes.job.learn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Models in memory and the engines that they share, the least recently used first, bounded by bytes together: what is in use
 * always stays, however large. Not thread-safe.
 */
final class ModelCache {

    /** Where models go that have to make room. */
    interface Store {
        void write(Model model) throws Exception;
    }

    private final long maxBytes;
    private final Store store;
    private final ModelTrainingSteps engines;
    private final Map<String, Model> models = new LinkedHashMap<>(16, 0.75f, true);
    private long modelBytes;
    /** Since when the model is in use that was used last. */
    private long since;

    ModelCache(long maxBytes, Store store, ModelTrainingSteps engines) {
        this.maxBytes = maxBytes;
        this.store = store;
        this.engines = engines;
    }

    /** The model, now the one in use, or null where it is not in memory. */
    Model get(String name) {
        Model model = models.get(name);
        if (model != null) {
            use(model);
        }
        return model;
    }

    void put(Model model) {
        Model before = models.put(model.name(), model);
        if (before != null && before != model) {
            modelBytes -= before.accountedBytes();
        }
        use(model);
    }

    private void use(Model model) {
        since = engines.clock().getAsLong();
        model.lastUse(since);
    }

    /** Forgets a model without writing it. */
    void remove(Model model) {
        if (models.remove(model.name(), model)) {
            modelBytes -= model.accountedBytes();
        }
    }

    /**
     * Counts a model, just used, at its present size and evicts others, and engines, until all fit.
     *
     * @return models written out or dropped
     */
    int account(Model model) throws Exception {
        if (models.get(model.name()) != model) {
            return 0;
        }
        long size = model.bytes();
        modelBytes += size - model.accountedBytes();
        model.accountedBytes(size);
        return makeRoom(0);
    }

    /**
     * Evicts what was used least recently, models and engines, until so many bytes more fit.
     *
     * @return models written out or dropped
     */
    int makeRoom(double more) throws Exception {
        int evicted = 0;
        while (bytes() + more > maxBytes) {
            Model oldest = models.size() > 1 ? models.values().iterator().next() : null;
            long engine = engines.oldestUse();
            if (engine < since && (oldest == null || engine < oldest.lastUse())) {
                engines.evictOldest();
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
        Model victim = models.values().iterator().next();
        if (victim.dirty()) {
            makeRoomToWrite(victim, since);
            store.write(victim);
            victim.markClean();
        }
        remove(victim);
    }

    /**
     * Closes engines, if need be, so that there is memory for the bytes that a model is written as, and for their copies; none
     * may be in use.
     */
    void makeRoomToWrite(Model model) {
        makeRoomToWrite(model, Long.MAX_VALUE);
    }

    private void makeRoomToWrite(Model model, long usedBefore) {
        while (bytes() + ModelSize.COPIES_WRITTEN * model.accountedBytes() > maxBytes
                && engines.oldestUse() < usedBefore) {
            engines.evictOldest();
        }
    }

    Collection<Model> models() {
        return models.values();
    }

    /** What all models and engines take. */
    long bytes() {
        return modelBytes + engines.bytes();
    }
}
