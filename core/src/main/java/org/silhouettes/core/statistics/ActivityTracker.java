package org.silhouettes.core.statistics;

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
 */
public final class ActivityTracker {

    /** Share of a group's past energy that stays after one more image: it halves in 5,000 images. */
    private static final double ENERGY_DECAY = StrictMath.pow(0.5, 1.0 / 5000);

    private ActivitySettings settings;
    private final Classes classes;
    private Window learned;
    private Window unlearned;
    private long encoded;
    private GroupActivity groups;

    /** Statistics of no image. */
    public ActivityTracker(ActivitySettings settings) {
        this.settings = settings;
        this.classes = new Classes();
        this.learned = new Window();
        this.unlearned = new Window();
        this.groups = new GroupActivity(0, 0);
    }

    /** Continues where {@link #state()} was taken. */
    public ActivityTracker(ActivityState state, ActivitySettings settings) {
        this.settings = settings;
        this.classes = new Classes(state.classes());
        this.learned = new Window(state.learned());
        this.unlearned = new Window(state.unlearned());
        this.encoded = state.encoded();
        this.groups = new GroupActivity(state.usage());
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

    /** All there is to persist: live arrays. */
    public ActivityState state() {
        return new ActivityState(encoded, learned.state(), unlearned.state(), groups.state(), classes.state());
    }
}
