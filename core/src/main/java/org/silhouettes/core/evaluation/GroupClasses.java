package org.silhouettes.core.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The class of each group: the one with the highest energy Σ n_g² in it; null for a group that was never active. */
public final class GroupClasses {

    private final List<String> classes;

    private GroupClasses(List<String> classes) {
        this.classes = classes;
    }

    /**
     * Determines the classes from labelled images.
     *
     * @param images with labels and [groups] norms each
     */
    public static GroupClasses of(List<EncodedImage> images, int groups) {
        SortedMap<String, double[]> energies = new TreeMap<>();
        for (EncodedImage image : images) {
            double[] energy = energies.computeIfAbsent(image.label(), label -> new double[groups]);
            for (int g = 0; g < groups; g++) {
                energy[g] += (double) image.groupNorms()[g] * image.groupNorms()[g];
            }
        }
        List<String> classes = new ArrayList<>();
        for (int g = 0; g < groups; g++) {
            String strongest = null;
            double most = 0;
            for (var entry : energies.entrySet()) {
                if (entry.getValue()[g] > most) {
                    most = entry.getValue()[g];
                    strongest = entry.getKey();
                }
            }
            classes.add(strongest);
        }
        return new GroupClasses(classes);
    }

    /** Class of group g, or null. */
    public String of(int g) {
        return classes.get(g);
    }

    /** Number of classes with at least one group; NaN if no group has a class. */
    public double covered() {
        HashSet<String> covered = new HashSet<>(classes);
        covered.remove(null);
        return covered.isEmpty() ? Double.NaN : covered.size();
    }

    /**
     * Share of the images whose class is that of their strongest group; an image without an active group is wrong. NaN
     * without images or where no group stands for any class.
     */
    public double accuracy(List<EncodedImage> images) {
        if (images.isEmpty() || Double.isNaN(covered())) {
            return Double.NaN;
        }
        int right = 0;
        for (EncodedImage image : images) {
            int strongest = image.strongestGroup();
            right += strongest >= 0 && image.label().equals(classes.get(strongest)) ? 1 : 0;
        }
        return (double) right / images.size();
    }
}
