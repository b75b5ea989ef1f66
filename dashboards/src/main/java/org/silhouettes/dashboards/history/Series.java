package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A model's numbers over time, one row an activity record, at most {@value #MAX_ROWS} rows: over that, every other row of
 * the older half goes. Not thread-safe.
 */
public final class Series {

    static final int MAX_ROWS = 3000;
    private static final int MAX_SHARES = 64;

    /** Numbers of a row that come straight from the record. */
    static final List<String> WINDOW_FIELDS = List.of(
            "mse", "mseOfMean", "objective", "activeGroups", "activeUnits", "silentImages", "groupAccuracy", "nmi");

    static final List<String> MODEL_FIELDS =
            List.of("encoded", "rejected", "step", "lipschitz", "blockCoherence", "revivedAtoms", "revivedGroups");

    private static final List<String> FIELDS =
            Stream.concat(WINDOW_FIELDS.stream(), MODEL_FIELDS.stream()).toList();

    /** @param values in the order of {@link #fields()}; NaN where absent */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(
            long version, long learned, long atMillis, double imagesPerSecond, float[] values, float[] shares) {}

    private static final long ROW_BYTES = 192;

    private List<Row> rows = new ArrayList<>();
    private long bytes;
    private long appended;

    void add(ActivityReport report) {
        float[] values = new float[WINDOW_FIELDS.size() + MODEL_FIELDS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    (i < WINDOW_FIELDS.size()
                            ? report.window(WINDOW_FIELDS.get(i))
                            : report.number(MODEL_FIELDS.get(i - WINDOW_FIELDS.size())));
        }
        float[] shares = report.groupShare();
        Row row = new Row(
                report.version(),
                report.learned(),
                report.emittedAtMillis(),
                rate(report),
                values,
                shares.length > MAX_SHARES ? Arrays.copyOf(shares, MAX_SHARES) : shares);
        rows.add(row);
        bytes += bytes(row);
        appended++;
        if (rows.size() > MAX_ROWS) {
            thin(MAX_ROWS / 2);
        }
    }

    /** Drops every other row of the older part, but the first and the last. */
    private void thin(int olderRows) {
        List<Row> kept = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            if (i > olderRows || i % 2 == 0 || i == rows.size() - 1) {
                kept.add(rows.get(i));
            }
        }
        keep(kept);
    }

    private void keep(List<Row> kept) {
        rows = kept;
        bytes = kept.stream().mapToLong(Series::bytes).sum();
    }

    private static long bytes(Row row) {
        return ROW_BYTES + 4L * (row.values().length + row.shares().length);
    }

    /** An estimate of what all rows take on the heap. */
    long bytes() {
        return bytes;
    }

    /**
     * Thins the rows, the older ones first, until they take at most that much or only first and last are left.
     *
     * @return whether any row went
     */
    boolean thinTo(long budget) {
        int before = rows.size();
        while (bytes > budget && rows.size() > 2) {
            thin(rows.size() > 8 ? rows.size() / 2 : rows.size());
        }
        return rows.size() < before;
    }

    /** Images learned a second since the row before; NaN for the first and where the clock stood still. */
    private double rate(ActivityReport report) {
        if (rows.isEmpty()) {
            return Double.NaN;
        }
        Row last = rows.get(rows.size() - 1);
        double seconds = (report.emittedAtMillis() - last.atMillis()) / 1000.0;
        return seconds > 0 ? Math.max(0, (report.learned() - last.learned()) / seconds) : Double.NaN;
    }

    /** Forgets rows from that version on: the model was started again from before it. */
    void cutFrom(long version) {
        keep(new ArrayList<>(
                rows.stream().filter(row -> row.version() < version).toList()));
    }

    /** Names of a row's values, in their order. */
    public static List<String> fields() {
        return FIELDS;
    }

    List<Row> rows() {
        return rows;
    }

    /** Rows ever added: what a client compares with to see whether it has missed any. */
    long appended() {
        return appended;
    }
}
