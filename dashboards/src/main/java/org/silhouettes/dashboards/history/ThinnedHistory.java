package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Values by version in bounded memory. Over its budget it drops the value whose neighbours lie closest together for
 * their age, so that the past stays covered from end to end, ever more sparsely the older it is; the first and the newest
 * are never dropped. Not thread-safe.
 */
final class ThinnedHistory<T> {

    private final ToLongFunction<T> weigh;
    private final NavigableMap<Long, T> values = new TreeMap<>();
    private long bytes;

    ThinnedHistory(ToLongFunction<T> weigh) {
        this.weigh = weigh;
    }

    void put(long version, T value) {
        T before = values.put(version, value);
        bytes += weigh.applyAsLong(value) - (before == null ? 0 : weigh.applyAsLong(before));
    }

    T get(long version) {
        return values.get(version);
    }

    /** The value at that version or, where there is none, at the nearest earlier one, else at the first; null if empty. */
    Map.Entry<Long, T> at(long version) {
        Map.Entry<Long, T> floor = values.floorEntry(version);
        return floor != null ? floor : values.firstEntry();
    }

    NavigableMap<Long, T> all() {
        return values;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return values.size();
    }

    /** Forgets that version and all later ones: the model was started again from before it. */
    void cutFrom(long version) {
        NavigableMap<Long, T> gone = values.tailMap(version, true);
        for (T value : gone.values()) {
            bytes -= weigh.applyAsLong(value);
        }
        gone.clear();
    }

    /** Drops what is least missed, in one go, until at most that many bytes are held or only first and newest are left. */
    void thinTo(long budget) {
        if (bytes <= budget || values.size() <= 2) {
            return;
        }
        List<Long> versions = new ArrayList<>(values.keySet());
        while (bytes > budget && versions.size() > 2) {
            int least = cheapestToDrop(versions);
            bytes -= weigh.applyAsLong(values.remove(versions.remove(least)));
        }
    }

    private static int cheapestToDrop(List<Long> versions) {
        long newest = versions.get(versions.size() - 1);
        int least = 1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < versions.size() - 1; i++) {
            double gap = versions.get(i + 1) - versions.get(i - 1);
            double missed = gap / (newest - versions.get(i) + 1);
            if (missed < smallest) {
                smallest = missed;
                least = i;
            }
        }
        return least;
    }
}
