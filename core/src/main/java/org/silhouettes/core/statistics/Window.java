package org.silhouettes.core.statistics;

import java.util.OptionalDouble;

/** Sums over the images of one window, of those learned from or of those that are not. */
final class Window {

    private long images;
    private double squaredError;
    private double squaredImage;
    private double norms;
    private long activeGroups;
    private long activeUnits;
    private long zeroCodes;
    private long assigned;
    private long hits;

    Window() {}

    Window(ActivityState.Sums state) {
        images = state.images();
        squaredError = state.losses().squaredError();
        squaredImage = state.losses().squaredImage();
        norms = state.losses().norms();
        activeGroups = state.activeGroups();
        activeUnits = state.activeUnits();
        zeroCodes = state.zeroCodes();
        assigned = state.assigned();
        hits = state.hits();
    }

    void add(double imageError, double imageEnergy, double imageNorms, int groups, int units) {
        images++;
        squaredError += imageError;
        squaredImage += imageEnergy;
        norms += imageNorms;
        activeGroups += groups;
        activeUnits += units;
        zeroCodes += groups == 0 ? 1 : 0;
    }

    /**
     * Counts a labelled image that was given a class, before the image itself had a say in it.
     *
     * @param standsFor the class of each group, null where it has none yet
     * @param winner the image's strongest group, whose class it was given; −1 for a zero code, which is wrong
     */
    void addAssignment(String[] standsFor, int winner, String label) {
        boolean known = winner >= 0 && standsFor[winner] != null;
        if (known || winner < 0) {
            assigned++;
            hits += known && standsFor[winner].equals(label) ? 1 : 0;
        }
    }

    long images() {
        return images;
    }

    WindowReport report(int values, double lambda, OptionalDouble nmi) {
        double n = images;
        return new WindowReport(
                images,
                squaredError / (n * values),
                squaredImage / (n * values),
                (0.5 * squaredError + lambda * norms) / n,
                activeGroups / n,
                activeUnits / n,
                zeroCodes / n,
                assigned == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / assigned),
                nmi);
    }

    ActivityState.Sums state() {
        ActivityState.Losses losses = new ActivityState.Losses(squaredError, squaredImage, norms);
        return new ActivityState.Sums(images, losses, activeGroups, activeUnits, zeroCodes, assigned, hits);
    }
}
