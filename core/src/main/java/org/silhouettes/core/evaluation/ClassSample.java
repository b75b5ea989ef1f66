package org.silhouettes.core.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.silhouettes.linalg.Random64;

/** A fixed number of images of every class, drawn at random and ordered by class, as the paper's Figure 2 shows them. */
public final class ClassSample {

    private ClassSample() {}

    /**
     * Up to {@code perClass} images of every class, the classes in the order of their names; deterministic.
     *
     * @param images images with labels
     */
    public static List<EncodedImage> draw(List<EncodedImage> images, int perClass, long seed) {
        List<String> labels = images.stream().map(EncodedImage::label).toList();
        List<EncodedImage> sample = new ArrayList<>();
        for (int i : indices(labels, perClass, seed)) {
            sample.add(images.get(i));
        }
        return sample;
    }

    /** Indices of such a sample, so that the same images can be compared in pixels and in codes. */
    public static int[] indices(List<String> labels, int perClass, long seed) {
        TreeMap<String, List<Integer>> classes = new TreeMap<>();
        for (int i = 0; i < labels.size(); i++) {
            classes.computeIfAbsent(labels.get(i), label -> new ArrayList<>()).add(i);
        }
        Random64 random = new Random64(seed);
        List<Integer> sample = new ArrayList<>();
        for (List<Integer> members : classes.values()) {
            int[] order = random.permutation(members.size());
            for (int i = 0; i < Math.min(perClass, order.length); i++) {
                sample.add(members.get(order[i]));
            }
        }
        return sample.stream().mapToInt(Integer::intValue).toArray();
    }
}
