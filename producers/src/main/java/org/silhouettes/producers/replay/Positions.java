package org.silhouettes.producers.replay;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of whole numbers that are mostly consecutive, kept as ranges. */
final class Positions {

    /** Start of each range to its end, exclusive; no two ranges touch. */
    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    /** Adds a number; returns false where it was in the set already. */
    boolean add(long number) {
        if (contains(number)) {
            return false;
        }
        Map.Entry<Long, Long> before = ranges.floorEntry(number);
        long start = before != null && before.getValue() == number ? before.getKey() : number;
        Long end = ranges.remove(number + 1);
        ranges.put(start, end == null ? number + 1 : end);
        return true;
    }

    void addAll(Positions others) {
        others.ranges.forEach((start, end) -> {
            for (long number = start; number < end; number++) {
                add(number);
            }
        });
    }

    boolean contains(long number) {
        Map.Entry<Long, Long> range = ranges.floorEntry(number);
        return range != null && number < range.getValue();
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The smallest number; {@link Long#MAX_VALUE} where there is none. */
    long first() {
        return ranges.isEmpty() ? Long.MAX_VALUE : ranges.firstKey();
    }

    /** The largest number; −1 where there is none. */
    long last() {
        return ranges.isEmpty() ? -1 : ranges.lastEntry().getValue() - 1;
    }

    void clear() {
        ranges.clear();
    }
}
