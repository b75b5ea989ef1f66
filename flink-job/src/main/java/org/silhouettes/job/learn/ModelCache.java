package org.silhouettes.job.learn;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Models in memory, the least recently used first, bounded by bytes: the one in use always stays, however large. Not
 * thread-safe.
 */
final class ModelCache {

    /** Where models go that have to make room. */
    interface Store {
        void write(Model model) throws Exception;
    }

    private final long maxBytes;
    private final Store store;
    private final Map<String, Model> models = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    ModelCache(long maxBytes, Store store) {
        this.maxBytes = maxBytes;
        this.store = store;
    }

    /** The model, now the most recently used one, or null where it is not in memory. */
    Model get(String name) {
        return models.get(name);
    }

    void put(Model model) {
        models.put(model.name(), model);
    }

    /** Forgets a model without writing it. */
    void remove(Model model) {
        models.remove(model.name());
        bytes -= model.accountedBytes();
    }

    /**
     * Counts a model, just used, at its present size and writes others out until all fit.
     *
     * @return models written out or dropped
     */
    int account(Model model) throws Exception {
        long size = model.bytes();
        bytes += size - model.accountedBytes();
        model.accountedBytes(size);
        int evicted = 0;
        if (bytes > maxBytes) {
            Iterator<Model> leastUsedFirst = models.values().iterator();
            while (bytes > maxBytes && models.size() > 1) {
                Model victim = leastUsedFirst.next();
                if (victim.dirty()) {
                    store.write(victim);
                    victim.markClean();
                }
                bytes -= victim.accountedBytes();
                leastUsedFirst.remove();
                evicted++;
            }
        }
        return evicted;
    }

    Collection<Model> models() {
        return models.values();
    }

    long bytes() {
        return bytes;
    }
}
