package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * All models and their histories within one bound of memory. Over it, in this order: runs before the newest go; the models
 * that take most are thinned, down to first and newest of each kind; models that no page asked for are reduced to their
 * state now, those silent for longest first, then dropped until their next record. What a page asked for last keeps first
 * and newest in any case. Thread-safe.
 */
public final class Models {

    /** Models that pages asked for last, which keep their ends. */
    private static final int SHOWN = 4;

    private final long budget;
    private final Listener listener;
    private final ConcurrentSkipListMap<String, ModelHistory> byName = new ConcurrentSkipListMap<>();
    private final Set<String> shown = new LinkedHashSet<>();
    private final Deletion.Log deletions = new Deletion.Log();
    private volatile long bytes;
    private volatile long dropped;
    /** Where room has to be made next: not at each record where what has to stay is over the bound itself. */
    private long limit;

    /** Is notified of changes on the thread that brought them. */
    public interface Listener {
        /** A model has something new. */
        void changed(ModelHistory model);

        /** A model was deleted. */
        default void deleted(String model) {}
    }

    /** @param budget bytes of history */
    public Models(long budget, Listener listener) {
        this.budget = budget;
        this.limit = budget;
        this.listener = listener;
    }

    public void add(DictionaryPart part) {
        add(part.model(), part.run(), part.atMillis(), model -> model.add(part));
    }

    public void add(ActivityReport report) {
        add(report.model(), report.run(), report.atMillis(), model -> model.add(report));
    }

    /** Forgets a run that was deleted, and the model where it has no other. */
    public void delete(Deletion deletion) {
        ModelHistory model;
        boolean gone;
        synchronized (this) {
            deletions.add(deletion);
            model = byName.get(deletion.model());
            if (model == null) {
                return;
            }
            long before = model.bytes();
            if (!model.delete(deletion)) {
                return;
            }
            gone = model.isEmpty();
            if (gone) {
                byName.remove(model.name());
                shown.remove(model.name());
            }
            bytes += (gone ? 0 : model.bytes()) - before;
        }
        if (gone) {
            listener.deleted(model.name());
        } else {
            listener.changed(model);
        }
    }

    /** Puts a record into a model; true where there is something new to see. */
    private interface Addition {
        boolean to(ModelHistory model);
    }

    private void add(String name, String run, long atMillis, Addition addition) {
        ModelHistory model = new ModelHistory(name);
        boolean news;
        synchronized (this) {
            if (deletions.covers(name, run, atMillis)) {
                return;
            }
            ModelHistory known = byName.get(name);
            long before = 0;
            if (known != null) {
                model = known;
                before = model.bytes();
            }
            try {
                news = addition.to(model);
            } finally {
                // a record that was refused half-way has left nothing to see of a new model
                if (known != null) {
                    bytes += model.bytes() - before;
                }
            }
            if (known == null) {
                byName.put(name, model);
                bytes += model.bytes();
            }
            if (bytes > limit) {
                makeRoom();
            }
        }
        if (news) {
            listener.changed(model);
        }
    }

    public Collection<ModelHistory> all() {
        return byName.values();
    }

    public Optional<ModelHistory> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Notes that a page asked for the model: it keeps its first and newest version in memory. */
    public synchronized void asked(ModelHistory model) {
        shown.remove(model.name());
        shown.add(model.name());
        if (shown.size() > SHOWN) {
            shown.remove(shown.iterator().next());
        }
    }

    /** An estimate of what the histories take on the heap now. */
    public long bytes() {
        return bytes;
    }

    /** How often a whole model was dropped because of missing memory. */
    public long dropped() {
        return dropped;
    }

    private void makeRoom() {
        // one eighth below the bound, so that room is not made for every record
        long target = budget - budget / 8;
        List<ModelHistory> silent = new ArrayList<>(byName.values());
        silent.sort(Comparator.comparingLong(ModelHistory::receivedAtMillis));
        for (ModelHistory model : silent) {
            shrink(model, target, ModelHistory::dropOlderRuns);
        }
        thin(target);
        silent.removeIf(model -> shown.contains(model.name()));
        for (ModelHistory model : silent) {
            shrink(model, target, ModelHistory::reduce);
        }
        for (ModelHistory model : silent) {
            if (bytes > target) {
                byName.remove(model.name());
                bytes -= model.bytes();
                dropped++;
            }
        }
        limit = Math.max(budget, bytes + budget / 8);
    }

    private void thin(long target) {
        List<ModelHistory> heaviest = new ArrayList<>(byName.values());
        heaviest.sort(Comparator.comparingLong(ModelHistory::bytes).reversed());
        long share = target / heaviest.size();
        for (ModelHistory model : heaviest) {
            shrink(model, target, one -> one.thinTo(Math.max(one.bytes() - (bytes - target), share)));
        }
    }

    private void shrink(ModelHistory model, long target, Consumer<ModelHistory> how) {
        if (bytes > target) {
            long before = model.bytes();
            how.accept(model);
            bytes -= before - model.bytes();
        }
    }
}
