package org.silhouettes.core.statistics;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;

/** How the groups and units of a dictionary were used by the images of a window. Not thread-safe. */
final class GroupActivity {

    /** Images by strongest group, [groups]. */
    private final long[] strongest;
    /** Images by active group, [groups]. */
    private final long[] active;
    /** Sums of n_g², [groups]. */
    private final double[] energy;
    /** Images by active unit, [units]. */
    private final long[] unitActive;

    GroupActivity(int groups, int units) {
        this(new long[groups], new long[groups], new double[groups], new long[units]);
    }

    GroupActivity(ActivityState.Usage state) {
        this(state.strongest(), state.active(), state.energy(), state.unitActive());
    }

    private GroupActivity(long[] strongest, long[] active, double[] energy, long[] unitActive) {
        this.strongest = strongest;
        this.active = active;
        this.energy = energy;
        this.unitActive = unitActive;
    }

    /** As many groups and units, of which none has been used. */
    GroupActivity cleared() {
        return new GroupActivity(groups(), units());
    }

    /** The same with room for further groups and units, which no image has used. */
    GroupActivity grown(int groups, int units) {
        return new GroupActivity(
                Arrays.copyOf(strongest, groups),
                Arrays.copyOf(active, groups),
                Arrays.copyOf(energy, groups),
                Arrays.copyOf(unitActive, units));
    }

    boolean fits(DictionaryShape shape) {
        return groups() == shape.groups() && units() == shape.atoms();
    }

    int groups() {
        return strongest.length;
    }

    int units() {
        return unitActive.length;
    }

    /** An estimate of the heap that it takes. */
    long bytes() {
        return 24L * groups() + 8L * units();
    }

    /** Counts image {@code b} of a batch, here and in a window; returns its strongest group, or −1 for a zero code. */
    int add(Encoding codes, int b, Window window) {
        int groups = codes.shape().groups();
        int groupSize = codes.shape().groupSize();
        int activeGroups = 0;
        int activeUnits = 0;
        double norms = 0;
        for (int g = 0, at = b * groups; g < groups; g++, at++) {
            float norm = codes.groupNorms()[at];
            if (norm > 0) {
                activeGroups++;
                active[g]++;
                norms += norm;
                energy[g] += (double) norm * norm;
                int unit = g * groupSize;
                for (int k = b * codes.shape().atoms() + unit, end = k + groupSize; k < end; k++, unit++) {
                    if (codes.codes()[k] != 0) {
                        activeUnits++;
                        unitActive[unit]++;
                    }
                }
            }
        }
        int winner = codes.strongestGroup(b);
        if (winner >= 0) {
            strongest[winner]++;
        }
        int values = codes.shape().values();
        double square = 0;
        for (int i = b * values, end = i + values; i < end; i++) {
            square += (double) codes.images()[i] * codes.images()[i];
        }
        window.add(codes.squaredErrors()[b], square, norms, activeGroups, activeUnits);
        return winner;
    }

    /** Share of the given number of images whose strongest group it was, [groups]. */
    float[] strongestShares(double images) {
        return shares(strongest, images);
    }

    /** Share of the given number of images in which each group was active, [groups]. */
    float[] activeShares(double images) {
        return shares(active, images);
    }

    /** Mean n_g² over the given number of images, [groups]. */
    float[] meanEnergy(double images) {
        float[] means = new float[energy.length];
        for (int g = 0; g < means.length; g++) {
            means[g] = (float) (energy[g] / images);
        }
        return means;
    }

    /** Share of the given number of images in which each unit was active, [units]. */
    float[] unitShares(double images) {
        return shares(unitActive, images);
    }

    private static float[] shares(long[] counts, double images) {
        float[] shares = new float[counts.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) (counts[i] / images);
        }
        return shares;
    }

    ActivityState.Usage state() {
        return new ActivityState.Usage(strongest, active, energy, unitActive);
    }
}
