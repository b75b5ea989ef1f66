package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.silhouettes.wire.message.ActivityMessage;

/**
 * A model's numbers over time, one row an activity record, at most {@value #MAX_ROWS} rows: over that, every other row of
 * the older half goes. Not thread-safe.
 */
public final class Series {

    static final int MAX_ROWS = 3000;
    private static final int MAX_SHARES = 64;

    /** A number of a row, which comes straight from the record. */
    private record Column(String name, Function<ActivityMessage, Number> value) {

        static Column window(String name, Function<ActivityMessage.Window, Number> value) {
            return new Column(name, message -> message.window() == null ? null : value.apply(message.window()));
        }

        static Column training(String name, Function<ActivityMessage.Training, Number> value) {
            return new Column(name, message -> value.apply(message.training()));
        }

        float of(ActivityMessage message) {
            Number number = value.apply(message);
            return number == null ? Float.NaN : number.floatValue();
        }
    }

    private static final List<Column> COLUMNS = List.of(
            Column.window("mse", ActivityMessage.Window::mse),
            Column.window("mseOfMean", ActivityMessage.Window::mseOfMean),
            Column.window("objective", ActivityMessage.Window::objective),
            Column.window("activeGroups", ActivityMessage.Window::activeGroups),
            Column.window("activeUnits", ActivityMessage.Window::activeUnits),
            Column.window("silentImages", ActivityMessage.Window::silentImages),
            Column.window("groupAccuracy", ActivityMessage.Window::groupAccuracy),
            Column.window("nmi", ActivityMessage.Window::nmi),
            new Column("encoded", message -> message.progress().encoded()),
            new Column("rejected", message -> message.events().rejected()),
            Column.training("step", ActivityMessage.Training::step),
            Column.training("lipschitz", ActivityMessage.Training::lipschitz),
            Column.training("blockCoherence", ActivityMessage.Training::blockCoherence),
            Column.training("revivedAtoms", ActivityMessage.Training::revivedAtoms),
            Column.training("revivedGroups", ActivityMessage.Training::revivedGroups));

    /** @param values in the order of {@link #fields()}; NaN where absent */
    @SuppressWarnings("ArrayRecordComponent")
    public record Row(
            long version, long learned, long atMillis, double imagesPerSecond, float[] values, float[] shares) {}

    private static final long ROW_BYTES = 192;

    private List<Row> rows = new ArrayList<>();
    private long bytes;
    private long appended;

    void add(ActivityReport report) {
        float[] values = new float[COLUMNS.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = COLUMNS.get(i).of(report.message());
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
        return COLUMNS.stream().map(Column::name).toList();
    }

    List<Row> rows() {
        return rows;
    }

    /** Rows ever added: what a client compares with to see whether it has missed any. */
    long appended() {
        return appended;
    }
}
