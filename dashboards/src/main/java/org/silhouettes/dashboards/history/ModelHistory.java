package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.silhouettes.dashboards.history.ActivityReport.Mark;

/**
 * What is known of one model: an index of all its versions in Kafka, thinned 8-bit atoms, thinned activity reports and
 * its numbers over time. Thread-safe.
 */
public final class ModelHistory {

    private static final int MAX_MARKS = 200;

    private final String name;
    private final SnapshotAssembler assembler = new SnapshotAssembler();
    private final Thinned<Snapshot> index = new Thinned<>(Snapshot::heapBytes);
    private final Thinned<QuantisedDictionary> pixels = new Thinned<>(q -> q.bytes().length + 64L);
    private final Thinned<byte[]> activity = new Thinned<>(bytes -> bytes.length + 64L);
    private final Thinned<byte[]> unitActivity = new Thinned<>(bytes -> bytes.length + 64L);
    private final Series series = new Series();
    private final Set<Mark> marks = new LinkedHashSet<>();
    private ActivityReport latest;
    private long receivedAtMillis;
    private long restarts;

    ModelHistory(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Takes a dictionary record; true when it completed a version. */
    synchronized boolean add(DictionaryPart part) {
        Optional<SnapshotAssembler.Complete> complete = assembler.add(part);
        complete.ifPresent(c -> {
            Snapshot snapshot = c.snapshot();
            Map.Entry<Long, Snapshot> newest = index.all().lastEntry();
            if (newest != null && snapshot.version() <= newest.getKey() && isOther(snapshot)) {
                restartFrom(snapshot.version());
            }
            index.put(snapshot.version(), snapshot);
            pixels.put(snapshot.version(), QuantisedDictionary.of(snapshot.shape(), c.atoms(), c.mean()));
            receivedAtMillis = Math.max(receivedAtMillis, snapshot.atMillis());
        });
        return complete.isPresent();
    }

    private boolean isOther(Snapshot snapshot) {
        Snapshot known = index.get(snapshot.version());
        return known == null || !known.sha256().equals(snapshot.sha256());
    }

    private void restartFrom(long version) {
        index.cutFrom(version);
        pixels.cutFrom(version);
        activity.cutFrom(version);
        unitActivity.cutFrom(version);
        series.cutFrom(version);
        marks.removeIf(mark -> mark.version() >= version);
        restarts++;
    }

    /** Takes an activity record. */
    synchronized void add(ActivityReport report) {
        if (latest != null && report.version() < latest.version()) {
            restartFrom(Math.max(0, report.version()));
        }
        latest = report;
        receivedAtMillis = Math.max(receivedAtMillis, report.emittedAtMillis());
        if (report.isWarmUp()) {
            return;
        }
        (report.hasUnits() ? unitActivity : activity).put(report.version(), Deflated.of(report.raw()));
        if (!Double.isNaN(report.window("mse"))) {
            series.add(report);
        }
        marks.addAll(report.marks());
        while (marks.size() > MAX_MARKS) {
            marks.remove(marks.iterator().next());
        }
    }

    /** The newest activity report, if any came. */
    public synchronized Optional<ActivityReport> latest() {
        return Optional.ofNullable(latest);
    }

    /** The newest complete version, if any came. */
    public synchronized Optional<Snapshot> newest() {
        return Optional.ofNullable(index.all().lastEntry()).map(Map.Entry::getValue);
    }

    /** All known versions, oldest first. */
    public synchronized List<Snapshot> snapshots() {
        return new ArrayList<>(index.all().values());
    }

    /** That version, or the nearest earlier one; the newest for {@link Long#MAX_VALUE}. */
    public synchronized Optional<Snapshot> snapshotAt(long version) {
        return Optional.ofNullable(index.at(version)).map(Map.Entry::getValue);
    }

    /** The 8-bit atoms of exactly that version, where memory still holds them. */
    public synchronized Optional<QuantisedDictionary> pixels(long version) {
        return Optional.ofNullable(pixels.get(version));
    }

    /** Versions whose atoms memory holds, with them, oldest first. */
    public synchronized List<Map.Entry<Long, QuantisedDictionary>> heldPixels() {
        List<Map.Entry<Long, QuantisedDictionary>> held = new ArrayList<>(pixels.size());
        pixels.all().forEach((version, dictionary) -> held.add(Map.entry(version, dictionary)));
        return held;
    }

    /**
     * JSON of the activity report at that version, or of the nearest earlier one that memory holds.
     *
     * @param withUnits only of those that tell the activity of every unit, which come with the snapshots
     */
    public synchronized Optional<byte[]> activityAt(long version, boolean withUnits) {
        Map.Entry<Long, byte[]> units = unitActivity.at(version);
        Map.Entry<Long, byte[]> any = withUnits ? null : activity.at(version);
        boolean takeAny = any != null && (units == null || (any.getKey() > units.getKey() && any.getKey() <= version));
        return Optional.ofNullable(takeAny ? any : units).map(entry -> Deflated.inflate(entry.getValue()));
    }

    public synchronized List<Series.Row> rows() {
        return new ArrayList<>(series.rows());
    }

    /** Counts rows ever added and restarts: changes with every change of {@link #rows()}. */
    public synchronized long rowsStamp() {
        return series.appended() + (restarts << 40);
    }

    public synchronized List<Mark> marks() {
        return new ArrayList<>(marks);
    }

    /** When the newest record was made, by its own clock; 0 before the first. */
    public synchronized long receivedAtMillis() {
        return receivedAtMillis;
    }

    synchronized long bytes() {
        return index.bytes() + pixels.bytes() + activity.bytes() + unitActivity.bytes();
    }

    /** Thins atoms and activity so that all of this model takes at most that much, or as near as its ends allow. */
    synchronized void thinTo(long budget) {
        index.thinTo(budget / 8);
        activity.thinTo(budget / 8);
        unitActivity.thinTo(budget / 8);
        pixels.thinTo(budget - index.bytes() - activity.bytes() - unitActivity.bytes());
    }

    /** Drops all atoms: they are read from Kafka again when asked for. */
    synchronized void dropPixels() {
        pixels.cutFrom(Long.MIN_VALUE);
    }
}
