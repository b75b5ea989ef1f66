package org.silhouettes.dashboards.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.silhouettes.dashboards.history.ActivityReport.Mark;

/**
 * What is known of one model. Its runs are kept apart, since the topics are read in no order; all methods return the newest
 * one, whose first record is the latest. The runs before it are remembered until they are in the way. Thread-safe.
 */
public final class ModelHistory {

    /** Runs whose records are kept, so that it does not matter which of them is read first. */
    private static final int MAX_RUNS = 3;
    /** Older runs whose ids are kept, so that their records are passed over. */
    private static final int MAX_OLDER = 64;

    private static final long OLDER_BYTES = 150;
    private static final long OWN_BYTES = 600;

    private final String name;
    private final Map<String, RunHistory> runs = new LinkedHashMap<>();
    private final Map<String, Long> older = new LinkedHashMap<>();
    private RunHistory shown;
    private long switches;
    private long cuts;

    ModelHistory(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Takes a dictionary record; true when it completed a version of the newest run. */
    synchronized boolean add(DictionaryPart part) {
        RunHistory run = run(part.run(), part.atMillis());
        if (run == null) {
            return false;
        }
        long before = run.cuts();
        boolean complete = run.add(part);
        return changed(run, before) || complete && run == shown;
    }

    /** Takes an activity record; true where the newest run has something new. */
    synchronized boolean add(ActivityReport report) {
        RunHistory run = run(report.run(), report.atMillis());
        if (run == null) {
            return false;
        }
        long before = run.cuts();
        run.add(report);
        return changed(run, before) || run == shown;
    }

    /** The run of that id, or null where it is an older one that is not kept. */
    private RunHistory run(String id, long atMillis) {
        if (older.containsKey(id)) {
            return null;
        }
        RunHistory run = runs.get(id);
        if (run == null) {
            run = new RunHistory(id);
            run.seenAt(atMillis);
            runs.put(id, run);
        }
        return run;
    }

    private boolean changed(RunHistory run, long cutsBefore) {
        cuts += run.cuts() - cutsBefore;
        RunHistory newest = runs.values().stream().reduce(shown == null ? run : shown, ModelHistory::newer);
        boolean other = shown != null && newest != shown;
        switches += other ? 1 : 0;
        shown = newest;
        while (runs.size() > MAX_RUNS) {
            dropOldestRun();
        }
        return other;
    }

    private static RunHistory newer(RunHistory a, RunHistory b) {
        boolean later = b.firstAtMillis() > a.firstAtMillis()
                || b.firstAtMillis() == a.firstAtMillis() && b.id().compareTo(a.id()) > 0;
        return later ? b : a;
    }

    private void dropOldestRun() {
        RunHistory oldest = runs.values().stream()
                .filter(run -> run != shown)
                .reduce((a, b) -> newer(a, b) == a ? b : a)
                .orElseThrow();
        runs.remove(oldest.id());
        older.put(oldest.id(), oldest.firstAtMillis());
        if (older.size() > MAX_OLDER) {
            older.remove(older.keySet().iterator().next());
        }
    }

    /** Drops the runs that were deleted; true where there were any. */
    synchronized boolean delete(Deletion deletion) {
        if (!runs.values().removeIf(run -> deletion.covers(run.id(), run.firstAtMillis()))) {
            return false;
        }
        switches++;
        shown = runs.values().stream().reduce(ModelHistory::newer).orElse(null);
        return true;
    }

    synchronized boolean isEmpty() {
        return runs.isEmpty();
    }

    /** Drops all runs but the newest. */
    synchronized void dropOlderRuns() {
        while (runs.size() > 1) {
            dropOldestRun();
        }
    }

    /** Id of the run that all other methods describe. */
    public synchronized String run() {
        return shown.id();
    }

    /** The newest activity report, if any came. */
    public synchronized Optional<LatestReport> latest() {
        return Optional.ofNullable(shown.latest());
    }

    /** The settings of the newest activity report, by option key; empty where none came. */
    public Map<String, String> settings() {
        return latest().map(report -> report.message().settings()).orElse(Map.of());
    }

    /** The newest complete version, if any came. */
    public synchronized Optional<Snapshot> newest() {
        return Optional.ofNullable(shown.index.all().lastEntry()).map(Map.Entry::getValue);
    }

    /** All known versions, oldest first. */
    public synchronized List<Snapshot> snapshots() {
        return new ArrayList<>(shown.index.all().values());
    }

    /** That version, or the nearest earlier one; the newest for {@link Long#MAX_VALUE}. */
    public synchronized Optional<Snapshot> snapshotAt(long version) {
        return Optional.ofNullable(shown.index.at(version)).map(Map.Entry::getValue);
    }

    /** The 8-bit atoms of exactly that version, where memory still holds them. */
    public synchronized Optional<QuantisedDictionary> pixels(long version) {
        return Optional.ofNullable(shown.pixels.get(version));
    }

    /** Versions whose atoms memory holds, with them, oldest first. */
    public synchronized List<Map.Entry<Long, QuantisedDictionary>> heldPixels() {
        List<Map.Entry<Long, QuantisedDictionary>> held = new ArrayList<>(shown.pixels.size());
        shown.pixels.all().forEach((version, dictionary) -> held.add(Map.entry(version, dictionary)));
        return held;
    }

    /**
     * JSON of the activity report at that version, or of the nearest earlier one that memory holds.
     *
     * @param withUnits only of those that tell the activity of every unit, which come with the snapshots
     */
    public synchronized Optional<byte[]> activityAt(long version, boolean withUnits) {
        Map.Entry<Long, byte[]> units = shown.unitActivity.at(version);
        Map.Entry<Long, byte[]> any = withUnits ? null : shown.activity.at(version);
        boolean takeAny = any != null && (units == null || (any.getKey() > units.getKey() && any.getKey() <= version));
        return Optional.ofNullable(takeAny ? any : units).map(entry -> Compression.inflate(entry.getValue()));
    }

    public synchronized List<Series.Row> rows() {
        return new ArrayList<>(shown.series.rows());
    }

    /** Counts rows ever added, rows taken back or thinned, and changes of the run: another one for other {@link #rows()}. */
    public synchronized long rowsStamp() {
        return shown.series.appended() + ((cuts + switches) << 32);
    }

    public synchronized List<Mark> marks() {
        return new ArrayList<>(shown.marks());
    }

    /** When the newest record was made, by its own clock; 0 before the first. */
    public synchronized long receivedAtMillis() {
        return shown.receivedAtMillis();
    }

    /** An estimate of all that the model takes on the heap. */
    synchronized long bytes() {
        long bytes = OWN_BYTES + OLDER_BYTES * older.size();
        for (RunHistory run : runs.values()) {
            bytes += run.bytes();
        }
        return bytes;
    }

    /** Thins the newest run so that it takes at most that much, or as near as first and newest of each kind allow. */
    synchronized void thinTo(long budget) {
        long before = shown.cuts();
        shown.thinTo(budget);
        cuts += shown.cuts() - before;
    }

    /** Keeps what tells the model's state now. */
    synchronized void reduce() {
        dropOlderRuns();
        long before = shown.cuts();
        shown.reduce();
        cuts += shown.cuts() - before;
    }
}
