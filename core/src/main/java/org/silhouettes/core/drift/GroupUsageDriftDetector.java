package org.silhouettes.core.drift;

import java.util.Arrays;
import org.silhouettes.core.state.DriftMark;
import org.silhouettes.core.state.DriftState;

/**
 * Watches which groups are in use: how far the shares of {@value DriftMonitor#EVERY} images' strongest groups are from their
 * decaying mean, ½ Σ |p − p̄|, goes to a {@link PageHinkley}. Not thread-safe.
 */
final class GroupUsageDriftDetector {

    private static final double DECAY = 0.02;

    private final Standardiser scale;
    private final PageHinkley test;
    /** Images by strongest group since the last test, zero codes last. */
    private long[] strongest;
    /** Decaying mean of the shares, likewise; empty before the first test. */
    private double[] shares;

    GroupUsageDriftDetector(DriftState.UsePart state) {
        scale = new Standardiser(state.scale());
        test = new PageHinkley(state.test());
        strongest = state.strongest();
        shares = state.shares();
    }

    /** Prepares for codes of the given number of groups. */
    void groups(int groups) {
        if (strongest.length != groups + 1) {
            strongest = new long[groups + 1];
            shares = new double[0];
        }
    }

    /** Takes the next image's strongest group, or −1. */
    void add(int winner) {
        strongest[winner < 0 ? strongest.length - 1 : winner]++;
    }

    /** Asks the test of the images since it was last asked. */
    void ask(int images, DriftSettings settings, DriftMonitor.Marker marker) {
        if (settings.detector().pageHinkley()) {
            double distance = distance(images);
            double usual = scale.mean();
            if (test.add(scale.standardised(distance), settings.pageHinkley())) {
                marker.seen("page-hinkley", DriftMark.USE + " moved by %.3f, usual is %.3f", distance, usual);
                scale.reset();
            }
        }
        Arrays.fill(strongest, 0);
    }

    /** ½ Σ |p − p̄| of the last images, 0 for the first ones; then takes note of them. */
    private double distance(int images) {
        boolean first = shares.length != strongest.length;
        if (first) {
            shares = new double[strongest.length];
        }
        double distance = 0;
        for (int g = 0; g < shares.length; g++) {
            double difference = (double) strongest[g] / images - shares[g];
            distance += Math.abs(difference) / 2;
            shares[g] += first ? difference : DECAY * difference;
        }
        return first ? 0 : distance;
    }

    DriftState.UsePart state() {
        return new DriftState.UsePart(scale.state(), test.state(), strongest, shares);
    }
}
