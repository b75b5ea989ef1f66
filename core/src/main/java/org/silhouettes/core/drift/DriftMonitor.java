package org.silhouettes.core.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.DriftMark;
import org.silhouettes.core.state.DriftState;

/**
 * Watches one model's stream for drift, without labels. Two signals come from every image that is about to be learned
 * from, so both are prequential: the relative error ‖y − xW‖²/‖y‖², cut off at 1, goes to an {@link ErrorDriftDetector}, and the
 * strongest group to a {@link GroupUsageDriftDetector}.
 *
 * <p>All tests report rises only: a loss falls because the model learns. What it holds depends on the images
 * and their order alone, so it is part of the model's state. Not thread-safe.
 */
public final class DriftMonitor {

    /** Images from one question to the tests to the next. */
    static final int EVERY = 64;

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
    private final ErrorDriftDetector error;
    private final GroupUsageDriftDetector use;
    private final List<DriftMark> marks;
    private int acting;
    private int images;

    /** A monitor that has seen nothing yet. */
    public DriftMonitor(DriftSettings settings) {
        this(settings, DriftState.EMPTY);
    }

    /** Restores a monitor; it takes over the arrays of the state. */
    public DriftMonitor(DriftSettings settings, DriftState state) {
        this.settings = settings;
        error = new ErrorDriftDetector(state.error());
        use = new GroupUsageDriftDetector(state.use());
        marks = new ArrayList<>(state.marks());
        acting = state.acting();
        images = state.images();
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
                dictionary.version(),
                DriftMark.GROWTH,
                more + " groups more, for images unlike those that groups were made of"));
    }

    /** Marks that the dictionary can have no further groups. */
    public void groupsLimited(Dictionary dictionary) {
        mark(new DriftMark(
                dictionary.version(),
                DriftMark.GROWTH,
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

    /** The state, whose arrays change with the next image. */
    public DriftState state() {
        return new DriftState(acting, images, error.state(), use.state(), marks);
    }
}
