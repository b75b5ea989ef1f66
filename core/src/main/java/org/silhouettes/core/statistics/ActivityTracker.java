package org.silhouettes.core.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.evaluation.MutualInformation;
import org.silhouettes.core.state.StreamImage;

/**
 * Activity statistics of one model, fed by its learner: prequential losses, and the codes' activity per group, per unit
 * and per class. Labels come in here and nowhere near the learning. Deterministic: what it holds depends on the encoded
 * images and their order alone, so it is part of the model's state. Not thread-safe.
 *
 * <p>Persisted form, big-endian, arrays and texts behind their int32 length:
 *
 * <pre>
 * version 1
 *   uint8     format version, 1
 *   int64     images encoded
 *   window    images learned from: int64 images, float64×3 sums of squared error, squared image, group norms,
 *             int64×5 active groups, active units, zero codes, labelled images given a class, right ones
 *   window    images not learned from, likewise
 *   int64[]   images by strongest group; int64[] images by active group; float64[] sums of n_g²; int64[] by active unit
 *   list      classes in the order of their labels, each: text label, int64 images, int64 window images, float32[]
 *             group norms, unit activity, strongest shares, mean image, reconstruction, float64[] energy by group,
 *             int64[] window images by strongest group, learned from, and not
 * </pre>
 */
public final class ActivityTracker {

    /** The version that is written. */
    public static final int VERSION = 1;

    /** Share of a group's past energy that stays after one more image: it halves in 5,000 images. */
    private static final double ENERGY_DECAY = StrictMath.pow(0.5, 1.0 / 5000);

    private ActivitySettings settings;
    private final Classes classes;
    private Window learned = new Window();
    private Window unlearned = new Window();
    private long encoded;
    private GroupActivity groups = new GroupActivity(0, 0);

    public ActivityTracker(ActivitySettings settings) {
        this(settings, new Classes());
    }

    private ActivityTracker(ActivitySettings settings, Classes classes) {
        this.settings = settings;
        this.classes = classes;
    }

    /** Sets other settings; they are not part of the persisted form. */
    public void settings(ActivitySettings next) {
        settings = next;
    }

    /** An estimate of the heap that the statistics take, bytes. */
    public long bytes() {
        return groups.bytes() + classes.bytes();
    }

    /** Images encoded so far. */
    public long encoded() {
        return encoded;
    }

    /** Images in the window: those encoded since {@link #startWindow()}. */
    public long windowImages() {
        return learned.images() + unlearned.images();
    }

    /** Continues with a dictionary that got further groups. */
    public void grown(DictionaryShape shape) {
        groups = groups.grown(shape.groups(), shape.atoms());
        classes.grow(shape.groups(), shape.atoms());
    }

    /**
     * Counts a mini-batch, before the dictionary learns from it.
     *
     * @param images the images, for their labels
     * @param codes of the images
     * @param learn whether the dictionary will learn from them
     */
    public void encoded(List<StreamImage> images, Encoding codes, boolean learn) {
        DictionaryShape shape = codes.shape();
        if (!groups.fits(shape)) {
            groups = new GroupActivity(shape.groups(), shape.atoms());
        }
        String[] standsFor = classes.assignments(shape.groups());
        Window window = learn ? learned : unlearned;
        for (int b = 0; b < images.size(); b++) {
            int winner = groups.add(codes, b, window);
            StreamImage image = images.get(b);
            ClassActivity activity = activityOf(image.label(), shape.values());
            if (activity != null) {
                activity.add(image.samples(), codes, b, winner, learn);
                window.addAssignment(standsFor, winner, image.label());
            }
        }
        encoded += images.size();
        if (learn) {
            classes.fadeEnergies(StrictMath.pow(ENERGY_DECAY, images.size()));
            for (int b = 0; b < images.size(); b++) {
                classes.addEnergy(images.get(b).label(), codes.groupNorms(), b * shape.groups());
            }
        }
    }

    /**
     * Joins a label into the statistics of the classes, after the image was encoded and counted without it. It counts in the
     * window in which it came, and the class that was given to the image is the one that its strongest group stands for now.
     *
     * @param code as it was kept when the image was encoded, of the present number of groups and units
     */
    public void labelled(String label, LateCode code) {
        ClassActivity activity = activityOf(label, code.samples().length);
        if (activity != null) {
            String[] standsFor = classes.assignments(groups.groups());
            activity.add(code);
            (code.learn() ? learned : unlearned).addAssignment(standsFor, code.winner(), label);
            if (code.learn()) {
                classes.addEnergy(label, code.groupNorms(), 0);
            }
        }
    }

    /** The class of that label, or null for no label and for one too many. */
    private ClassActivity activityOf(String label, int values) {
        if (label == null) {
            return null;
        }
        long fit = settings.maxClassBytes() / ClassActivity.bytes(groups.groups(), groups.units(), values);
        int most = (int) Math.min(settings.maxLabels(), fit);
        return classes.of(label, most, groups.groups(), groups.units(), values);
    }

    /** Bytes of what is kept of one class of a dictionary of that shape. */
    public static double bytesOfClass(DictionaryShape shape) {
        return ClassActivity.bytes(shape.groups(), shape.atoms(), shape.values());
    }

    /**
     * The present statistics; the window continues until {@link #startWindow()}.
     *
     * @param values values of one image
     * @param lambda weight λ of eq. 6, for the objective
     */
    public ActivityReport report(int values, double lambda) {
        double images = Math.max(1, windowImages());
        return new ActivityReport(
                encoded,
                report(learned, true, values, lambda),
                report(unlearned, false, values, lambda),
                groups.strongestShares(images),
                groups.activeShares(images),
                groups.meanEnergy(images),
                groups.unitShares(images),
                classes.reports());
    }

    private Optional<WindowReport> report(Window window, boolean learn, int values, double lambda) {
        if (window.images() == 0) {
            return Optional.empty();
        }
        return Optional.of(window.report(values, lambda, MutualInformation.normalised(classes.counts(learn))));
    }

    /** Starts the next window. */
    public void startWindow() {
        learned = new Window();
        unlearned = new Window();
        groups = groups.cleared();
        classes.startWindow();
    }

    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(encoded);
        learned.write(out);
        unlearned.write(out);
        groups.write(out);
        classes.write(out);
    }

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static ActivityTracker read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        return switch (version) {
            case 1 -> readV1(in);
            default ->
                throw new IOException("activity state has format version " + version
                        + ", this release reads version 1: restore it with the release that wrote it, or a later one");
        };
    }

    private static ActivityTracker readV1(DataInput in) throws IOException {
        long encoded = in.readLong();
        Window learned = Window.read(in);
        Window unlearned = Window.read(in);
        GroupActivity groups = GroupActivity.read(in);
        ActivityTracker tracker = new ActivityTracker(ActivitySettings.DEFAULTS, Classes.read(in));
        tracker.encoded = encoded;
        tracker.learned = learned;
        tracker.unlearned = unlearned;
        tracker.groups = groups;
        return tracker;
    }
}
