package org.silhouettes.core.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.learner.LearnerListener;
import org.silhouettes.core.learner.StreamImage;
import org.silhouettes.core.wire.Binary;

/**
 * Watches one model's stream for drift, without labels. Two signals come from every image that is about to be learned
 * from, so both are prequential:
 *
 * <ul>
 *   <li>the relative error ‖y − xW‖²/‖y‖², cut off at 1: goes to {@link Adwin} image by image, and to {@link PageHinkley} as
 *       the mean of {@value #EVERY} images;
 *   <li>the use of the groups: how far the shares of {@value #EVERY} images' strongest groups are from their fading mean, ½ Σ
 *       |p − p̄|, to a {@link PageHinkley} of its own.
 * </ul>
 *
 * Both tests tell of a rise alone: a loss that falls is a loss that was learned from. What it holds depends on the images
 * and their order alone, so it is part of the model's state. Not thread-safe.
 *
 * <p>Persisted form, big-endian:
 *
 * <pre>
 * version 1
 *   uint8    format version, 1
 *   int32    updates for which an action is still to last
 *   int32    questions for which ADWIN is not yet heard again
 *   int32    images since the tests were last asked; float64 sum of their relative errors
 *   int64[]  the same images by strongest group, silent ones last; float64[] fading mean of the shares
 *   2 tests  of loss and of use, each: int64 values, float64 mean, float64 variance, float64 sum, float64 least sum
 *   adwin    int32 rows, each: int32 buckets, each: float64 sum, float64 sum of squares; float64 sum, float64 sum of squares
 *   list     int32 marks not yet reported, each: int64 version, text detector, text detail
 * </pre>
 */
public final class DriftMonitor implements LearnerListener {

    /** The version that is written. */
    public static final int VERSION = 1;

    /** Images from one question to the tests to the next. */
    static final int EVERY = 64;

    /** Questions for which {@link Adwin} has to be content before it is heard again. */
    private static final int QUIET = 10;

    /** Start of what is said of a change in the use of the groups. */
    static final String USE = "use of the groups";

    /** What is said in place of a detector where the dictionary has got further groups. */
    static final String GROWTH = "consolidation";

    private static final double USE_FADE = 0.02;
    /** A stream that drifts without end must not grow the state. */
    private static final int MOST_MARKS = 100;

    private DriftSettings settings;
    private final Standardiser lossScale = new Standardiser();
    private final Standardiser useScale = new Standardiser();
    private final PageHinkley loss = new PageHinkley();
    private final PageHinkley use = new PageHinkley();
    private final Adwin adwin = new Adwin();
    private final List<DriftMark> marks = new ArrayList<>();
    private int acting;
    private int quiet;
    private int images;
    private double errors;
    private long[] strongest = new long[0];
    private double[] shares = new double[0];

    /** A monitor that has seen nothing yet. */
    public DriftMonitor(DriftSettings settings) {
        this.settings = settings;
    }

    /** Goes on with other settings; they are no part of the persisted form. */
    public void settings(DriftSettings next) {
        settings = next;
    }

    @Override
    public void encoded(
            List<StreamImage> batch, float[] centred, CodeBatch codes, Dictionary dictionary, boolean learn) {
        if (!learn || settings.detector() == DriftDetector.NONE) {
            return;
        }
        int groups = dictionary.shape().groups();
        if (strongest.length != groups + 1) {
            strongest = new long[groups + 1];
            shares = new double[0];
        }
        acting = Math.max(0, acting - 1);
        int values = dictionary.shape().values();
        for (int b = 0; b < batch.size(); b++) {
            double error = relativeError(codes.squaredErrors()[b], centred, b * values, values);
            if (settings.detector().adwin()) {
                adwin.add(error);
            }
            errors += error;
            int winner = CodeBatch.strongest(codes.groupNorms(), b * groups, groups);
            strongest[winner < 0 ? groups : winner]++;
            images++;
            if (images == EVERY) {
                ask(dictionary.version());
            }
        }
    }

    private static double relativeError(double squaredError, float[] centred, int from, int values) {
        double energy = 0;
        for (int i = from; i < from + values; i++) {
            energy += (double) centred[i] * centred[i];
        }
        return energy > 0 ? Math.min(1, squaredError / energy) : 0;
    }

    private void ask(long version) {
        double error = errors / images;
        double usual = lossScale.mean();
        if (settings.detector().pageHinkley()) {
            if (alarm(loss, lossScale.standardised(error))) {
                seen(version, "page-hinkley", "relative error rose from about %.3f to %.3f", usual, error);
                lossScale.reset();
            }
            double distance = distanceOfUse();
            double usualDistance = useScale.mean();
            if (alarm(use, useScale.standardised(distance))) {
                seen(version, "page-hinkley", USE + " moved by %.3f, usual is %.3f", distance, usualDistance);
                useScale.reset();
            }
        }
        if (settings.detector().adwin()) {
            double before = adwin.mean();
            boolean rose = adwin.cut(settings.delta()) == Adwin.Change.ROSE;
            // the window shrinks in steps: those that follow at once are of the same drift
            boolean drift = rose && (quiet > 0 || error >= before * (1 + settings.leastRise()));
            if (drift && quiet == 0) {
                seen(version, "adwin", "relative error rose from about %.3f to %.3f", before, error);
            }
            quiet = drift ? QUIET : Math.max(0, quiet - 1);
        }
        images = 0;
        errors = 0;
        Arrays.fill(strongest, 0);
    }

    private boolean alarm(PageHinkley test, double standardised) {
        return test.add(standardised, settings.tolerance(), settings.threshold());
    }

    /** ½ Σ |p − p̄| of the last images, 0 for the first ones; then takes note of them. */
    private double distanceOfUse() {
        boolean first = shares.length != strongest.length;
        if (first) {
            shares = new double[strongest.length];
        }
        double distance = 0;
        for (int g = 0; g < shares.length; g++) {
            double difference = (double) strongest[g] / images - shares[g];
            distance += Math.abs(difference) / 2;
            shares[g] += first ? difference : USE_FADE * difference;
        }
        return first ? 0 : distance;
    }

    @Override
    public void grown(Dictionary dictionary, int more) {
        mark(new DriftMark(
                dictionary.version(), GROWTH, more + " groups more, for images unlike those that groups were made of"));
    }

    private void mark(DriftMark mark) {
        if (marks.size() < MOST_MARKS) {
            marks.add(mark);
        }
    }

    private void seen(long version, String detector, String detail, double from, double to) {
        mark(new DriftMark(version, detector, String.format(Locale.ROOT, detail, from, to)));
        acting = settings.action() == DriftAction.TELL ? 0 : settings.updates();
    }

    /** Whether the model is to learn as after a drift: for so many updates after the last one that was seen. */
    public boolean acting() {
        return acting > 0;
    }

    /** Drifts seen since {@link #reported()}, oldest first. */
    public List<DriftMark> marks() {
        return List.copyOf(marks);
    }

    /** Forgets the marks. */
    public void reported() {
        marks.clear();
    }

    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(acting);
        out.writeInt(quiet);
        out.writeInt(images);
        out.writeDouble(errors);
        Binary.writeLongs(out, strongest);
        Binary.writeDoubles(out, shares);
        lossScale.write(out);
        loss.write(out);
        useScale.write(out);
        use.write(out);
        adwin.write(out);
        out.writeInt(marks.size());
        for (DriftMark mark : marks) {
            out.writeLong(mark.version());
            Binary.writeText(out, mark.detector());
            Binary.writeText(out, mark.detail());
        }
    }

    /**
     * Reads what {@link #write} wrote; goes on with the default settings until it is given others.
     *
     * @throws IOException where the version is unknown or the bytes are damaged
     */
    public static DriftMonitor read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("drift state has format version " + version + ", this release reads version 1");
        }
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        monitor.acting = in.readInt();
        monitor.quiet = in.readInt();
        monitor.images = in.readInt();
        monitor.errors = in.readDouble();
        monitor.strongest = Binary.readLongs(in);
        monitor.shares = Binary.readDoubles(in);
        monitor.lossScale.read(in);
        monitor.loss.read(in);
        monitor.useScale.read(in);
        monitor.use.read(in);
        monitor.adwin.read(in);
        int count = Binary.readLength(in);
        for (int i = 0; i < count; i++) {
            monitor.marks.add(new DriftMark(in.readLong(), Binary.readText(in), Binary.readText(in)));
        }
        return monitor;
    }
}
