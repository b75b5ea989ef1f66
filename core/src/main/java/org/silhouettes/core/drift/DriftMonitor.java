package org.silhouettes.core.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.Binary;

/**
 * Watches one model's stream for drift, without labels. Two signals come from every image that is about to be learned
 * from, so both are prequential: the relative error ‖y − xW‖²/‖y‖², cut off at 1, goes to an {@link ErrorDriftDetector}, and the
 * strongest group to a {@link GroupUsageDriftDetector}.
 *
 * <p>All tests report rises only: a loss falls because the model learns. What it holds depends on the images
 * and their order alone, so it is part of the model's state. Not thread-safe.
 *
 * <p>Persisted form, big-endian:
 *
 * <pre>
 * version 2
 *   uint8    format version, 2
 *   int32    updates for which an action is still to last
 *   int32    images since the tests were last asked
 *   error    scale, test, adwin; float64 sum of the same images' relative errors; int32 questions for which ADWIN is not
 *            may raise an alarm again
 *   use      scale, test; int64[] the same images by strongest group, zero codes last; float64[] decaying mean of the shares
 *   list     int32 marks not yet reported, each: int64 version, text detector, text detail
 *   where    scale is int64 values, float64 mean, variance, covariance of neighbours, last deviation; test is float64 sum,
 *            least sum; adwin is int32 rows, each: int32 buckets, each: float64 sum, float64 sum of squares; float64 sum,
 *            float64 sum of squares
 * version 1
 *   uint8    1; int32 updates for which an action is still to last; int32 questions; int32 images; float64 sum; int64[] by
 *            strongest group; float64[] shares; scale and test of the error, scale and test of the use, scales without
 *            covariance and last deviation; adwin; list
 * </pre>
 */
public final class DriftMonitor {

    /** The version that is written. */
    public static final int VERSION = 2;

    /** Images from one question to the tests to the next. */
    static final int EVERY = 64;

    /** What is said in place of a detector where the dictionary has got further groups. */
    static final String GROWTH = "consolidation";

    /** A stream that drifts without end must not grow the state. */
    private static final int MAX_MARKS = 100;

    /** Takes what a test has seen. */
    interface Marker {

        /**
         * A drift.
         *
         * @param detail a format of two numbers
         * @param from the first of them
         * @param to the second
         */
        void seen(String detector, String detail, double from, double to);
    }

    private DriftSettings settings;
    private ErrorDriftDetector error = new ErrorDriftDetector();
    private GroupUsageDriftDetector use = new GroupUsageDriftDetector();
    private final List<DriftMark> marks = new ArrayList<>();
    private int acting;
    private int images;

    /** A monitor that has seen nothing yet. */
    public DriftMonitor(DriftSettings settings) {
        this.settings = settings;
    }

    /** Sets other settings; they are not part of the persisted form. */
    public void settings(DriftSettings next) {
        settings = next;
    }

    /**
     * Tests a mini-batch before the dictionary learns from it.
     *
     * @param learn whether the dictionary will learn from it; other mini-batches are ignored
     */
    public void encoded(Encoding codes, boolean learn) {
        if (!learn || settings.detector() == DriftDetector.NONE) {
            return;
        }
        use.groups(codes.shape().groups());
        acting = Math.max(0, acting - 1);
        int values = codes.shape().values();
        for (int b = 0; b < codes.count(); b++) {
            error.add(relativeError(codes.squaredErrors()[b], codes.images(), b * values, values), settings);
            use.add(codes.strongestGroup(b));
            images++;
            if (images == EVERY) {
                ask(codes.version());
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
        Marker marker = (detector, detail, from, to) -> seen(version, detector, detail, from, to);
        error.ask(images, settings, marker);
        use.ask(images, settings, marker);
        images = 0;
    }

    /** Marks that the dictionary got further groups. */
    public void grown(Dictionary dictionary, int more) {
        mark(new DriftMark(
                dictionary.version(), GROWTH, more + " groups more, for images unlike those that groups were made of"));
    }

    /** Marks that the dictionary can have no further groups. */
    public void groupsLimited(Dictionary dictionary) {
        mark(new DriftMark(
                dictionary.version(),
                GROWTH,
                "no more than " + dictionary.shape().groups() + " groups fit into models.cache-bytes"));
    }

    private void mark(DriftMark mark) {
        if (marks.size() < MAX_MARKS) {
            marks.add(mark);
        }
    }

    private void seen(long version, String detector, String detail, double from, double to) {
        mark(new DriftMark(version, detector, String.format(Locale.ROOT, detail, from, to)));
        acting = settings.action() == DriftAction.REPORT
                ? 0
                : settings.response().updates();
    }

    /** Whether the model learns with the settings for drift: for a number of updates after the last drift. */
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
        out.writeInt(images);
        error.write(out);
        use.write(out);
        out.writeInt(marks.size());
        for (DriftMark mark : marks) {
            out.writeLong(mark.version());
            Binary.writeText(out, mark.detector());
            Binary.writeText(out, mark.detail());
        }
    }

    /**
     * Reads what {@link #write} wrote, with the default settings until others are set.
     *
     * @throws IOException where the version is unknown or the bytes are damaged
     */
    public static DriftMonitor read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        DriftMonitor monitor = new DriftMonitor(DriftSettings.DEFAULTS);
        switch (version) {
            case 1 -> monitor.readV1(in);
            case 2 -> {
                monitor.acting = in.readInt();
                monitor.images = in.readInt();
                monitor.error = ErrorDriftDetector.read(in);
                monitor.use = GroupUsageDriftDetector.read(in);
            }
            default ->
                throw new IOException(
                        "drift state has format version " + version + ", this release reads versions 1 and 2");
        }
        int count = Binary.readLength(in);
        for (int i = 0; i < count; i++) {
            monitor.marks.add(new DriftMark(in.readLong(), Binary.readText(in), Binary.readText(in)));
        }
        return monitor;
    }

    private void readV1(DataInput in) throws IOException {
        acting = in.readInt();
        int quiet = in.readInt();
        images = in.readInt();
        double errors = in.readDouble();
        long[] strongest = Binary.readLongs(in);
        double[] shares = Binary.readDoubles(in);
        Standardiser errorScale = Standardiser.readV1(in);
        PageHinkley errorTest = PageHinkley.read(in);
        use = new GroupUsageDriftDetector(Standardiser.readV1(in), PageHinkley.read(in), strongest, shares);
        error = new ErrorDriftDetector(errorScale, errorTest, Adwin.read(in), errors, quiet);
    }
}
