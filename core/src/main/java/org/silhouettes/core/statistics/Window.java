package org.silhouettes.core.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;

/** Sums over the images of one window, of those learned from or of those that are not. */
final class Window {

    private long images;
    private double squaredError;
    private double squaredImage;
    private double norms;
    private long activeGroups;
    private long activeUnits;
    private long silent;
    private long assigned;
    private long hits;

    void add(double imageError, double imageEnergy, double imageNorms, int groups, int units) {
        images++;
        squaredError += imageError;
        squaredImage += imageEnergy;
        norms += imageNorms;
        activeGroups += groups;
        activeUnits += units;
        silent += groups == 0 ? 1 : 0;
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
                silent / n,
                assigned == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / assigned),
                nmi);
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(images);
        out.writeDouble(squaredError);
        out.writeDouble(squaredImage);
        out.writeDouble(norms);
        out.writeLong(activeGroups);
        out.writeLong(activeUnits);
        out.writeLong(silent);
        out.writeLong(assigned);
        out.writeLong(hits);
    }

    static Window read(DataInput in) throws IOException {
        Window window = new Window();
        window.images = in.readLong();
        window.squaredError = in.readDouble();
        window.squaredImage = in.readDouble();
        window.norms = in.readDouble();
        window.activeGroups = in.readLong();
        window.activeUnits = in.readLong();
        window.silent = in.readLong();
        window.assigned = in.readLong();
        window.hits = in.readLong();
        return window;
    }
}
