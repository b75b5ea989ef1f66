package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * All models and their histories within one bound of memory. Over it, the model that takes most is thinned; where all are
 * down to their ends, the atoms of those silent for longest go altogether. Thread-safe.
 */
public final class Models {

    private final long budget;
    private final Consumer<ModelHistory> changed;
    private final ConcurrentSkipListMap<String, ModelHistory> byName = new ConcurrentSkipListMap<>();

    /**
     * @param budget bytes of history
     * @param changed told of every model with something new, on the thread that brought it
     */
    public Models(long budget, Consumer<ModelHistory> changed) {
        this.budget = budget;
        this.changed = changed;
    }

    public void add(DictionaryPart part) {
        ModelHistory model = byName.computeIfAbsent(part.model(), ModelHistory::new);
        if (model.add(part)) {
            keepWithinBudget();
            changed.accept(model);
        }
    }

    public void add(ActivityReport report) {
        ModelHistory model = byName.computeIfAbsent(report.model(), ModelHistory::new);
        model.add(report);
        keepWithinBudget();
        changed.accept(model);
    }

    public Collection<ModelHistory> all() {
        return byName.values();
    }

    public Optional<ModelHistory> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Bytes that histories take now. */
    public long bytes() {
        return byName.values().stream().mapToLong(ModelHistory::bytes).sum();
    }

    private synchronized void keepWithinBudget() {
        long excess = bytes() - budget;
        if (excess <= 0) {
            return;
        }
        // one eighth below the bound, so that thinning is not for every record
        excess += budget / 8;
        List<ModelHistory> heaviest = new ArrayList<>(byName.values());
        heaviest.sort(Comparator.comparingLong(ModelHistory::bytes).reversed());
        for (ModelHistory model : heaviest) {
            long before = model.bytes();
            model.thinTo(Math.max(before - excess, budget / heaviest.size()));
            excess -= before - model.bytes();
            if (excess <= 0) {
                return;
            }
        }
        List<ModelHistory> longestSilent = new ArrayList<>(byName.values());
        longestSilent.sort(Comparator.comparingLong(ModelHistory::receivedAtMillis));
        for (ModelHistory model : longestSilent) {
            if (bytes() <= budget) {
                return;
            }
            model.dropPixels();
        }
    }
}
