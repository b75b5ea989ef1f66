package org.silhouettes.core.initialisation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The warm-up images of each class, for at most a given number of groups. */
final class ClassMembers {

    private ClassMembers() {}

    /**
     * Members of each class, in the order of class names; images without a label are omitted. With more than {@code max}
     * classes, the most frequent ones have a list each (ties by name), and the last list has the images of all others.
     *
     * @param max maximum number of lists, ≥ 1
     * @throws IllegalArgumentException if no image has a label
     */
    static int[][] of(WarmUp warmUp, int max) {
        TreeMap<String, Integer> images = new TreeMap<>();
        warmUp.labels().stream().filter(Objects::nonNull).forEach(label -> images.merge(label, 1, Integer::sum));
        if (images.isEmpty()) {
            throw new IllegalArgumentException("none of the " + warmUp.count()
                    + " warm-up images has a label, which init.method=labels requires: send labels or use another"
                    + " initialisation, such as community or kmeans");
        }
        Map<String, Integer> list = new HashMap<>();
        for (String label : own(images, max)) {
            list.put(label, list.size());
        }
        int lists = Math.min(images.size(), max);
        int[] parts = warmUp.labels().stream()
                .mapToInt(label -> label == null ? -1 : list.getOrDefault(label, lists - 1))
                .toArray();
        return Partition.members(parts, lists);
    }

    /** The classes with a list of their own, sorted by name. */
    private static List<String> own(TreeMap<String, Integer> images, int max) {
        if (images.size() <= max) {
            return List.copyOf(images.keySet());
        }
        // the sort is stable: ties stay in the order of names
        return images.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue)
                        .reversed())
                .limit(max - 1L)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
