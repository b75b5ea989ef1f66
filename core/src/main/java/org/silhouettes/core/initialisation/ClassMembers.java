package org.silhouettes.core.initialisation;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The warm-up images of every class, of as many classes as there may be groups. */
final class ClassMembers {

    private ClassMembers() {}

    /**
     * Members of every class, the classes in the order of their names; images without a label are left out. Of more classes
     * than {@code most} the most frequent come first, among equals by name, and the last list has the images of all others.
     *
     * @param most lists at most, ≥ 1
     * @throws IllegalArgumentException where no image has a label
     */
    static int[][] of(WarmUp warmUp, int most) {
        TreeMap<String, Integer> images = new TreeMap<>();
        warmUp.labels().stream().filter(Objects::nonNull).forEach(label -> images.merge(label, 1, Integer::sum));
        if (images.isEmpty()) {
            throw new IllegalArgumentException("none of the " + warmUp.count()
                    + " warm-up images has a label, which the labels initialisation needs: send labels or take another"
                    + " initialisation, such as community or kmeans");
        }
        Map<String, Integer> list = new HashMap<>();
        for (String label : own(images, most)) {
            list.put(label, list.size());
        }
        int lists = Math.min(images.size(), most);
        int[] parts = warmUp.labels().stream()
                .mapToInt(label -> label == null ? -1 : list.getOrDefault(label, lists - 1))
                .toArray();
        return Partition.members(parts, lists);
    }

    /** The classes with a list of their own, in the order of their names. */
    private static List<String> own(TreeMap<String, Integer> images, int most) {
        if (images.size() <= most) {
            return List.copyOf(images.keySet());
        }
        // the sort is stable: among equals the order of names stays
        return images.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry<String, Integer>::getValue)
                        .reversed())
                .limit(most - 1L)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
