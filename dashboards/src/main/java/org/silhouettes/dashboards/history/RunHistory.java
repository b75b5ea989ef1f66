package org.silhouettes.dashboards.history;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.silhouettes.dashboards.history.ActivityReport.Mark;
import org.silhouettes.wire.message.DictionaryAssembler;

/**
 * One run of a model: an index of its versions in Kafka, thinned 8-bit atoms, thinned activity reports and its numbers over
 * time. Within a run versions rise, unless the job was restored from an older checkpoint: then what the same topic said of
 * later versions is dropped, and only that, since topics are read in no order. Not thread-safe.
 */
final class RunHistory {

    private static final int MAX_MARKS = 200;
    private static final long MARK_BYTES = 120;
    private static final long OWN_BYTES = 1500;

    final ThinnedHistory<Snapshot> index = new ThinnedHistory<>(Snapshot::heapBytes);
    final ThinnedHistory<QuantisedDictionary> pixels = new ThinnedHistory<>(q -> q.bytes().length + 96L);
    final ThinnedHistory<byte[]> activity = new ThinnedHistory<>(bytes -> bytes.length + 80L);
    final ThinnedHistory<byte[]> unitActivity = new ThinnedHistory<>(bytes -> bytes.length + 80L);
    final Series series = new Series();
    private final String id;
    private final DictionaryAssembler assembler = new DictionaryAssembler();
    private final Set<Mark> marks = new LinkedHashSet<>();
    private long marksBytes;
    private LatestReport latest;
    private long firstAtMillis = Long.MAX_VALUE;
    private long receivedAtMillis;
    private long cuts;

    RunHistory(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** Takes a dictionary record; true when it completed a version. */
    boolean add(DictionaryPart part) {
        firstAtMillis = Math.min(firstAtMillis, part.atMillis());
        Optional<DictionaryAssembler.Assembled> complete =
                assembler.add(part.message(), part.position(), part.atMillis());
        complete.ifPresent(c -> {
            Snapshot snapshot = Snapshot.of(c);
            if (goesBack(snapshot)) {
                index.cutFrom(snapshot.version());
                pixels.cutFrom(snapshot.version());
                cuts++;
            }
            index.put(snapshot.version(), snapshot);
            pixels.put(snapshot.version(), QuantisedDictionary.of(snapshot.shape(), c.atoms(), c.mean()));
            receivedAtMillis = Math.max(receivedAtMillis, snapshot.atMillis());
        });
        return complete.isPresent();
    }

    /** Whether a version was made again, otherwise; one that was read late, from another partition, was made before. */
    private boolean goesBack(Snapshot snapshot) {
        Map.Entry<Long, Snapshot> newest = index.all().lastEntry();
        if (newest == null || snapshot.version() > newest.getKey()) {
            return false;
        }
        Snapshot known = index.get(snapshot.version());
        return known == null
                ? snapshot.atMillis() > newest.getValue().atMillis()
                : !known.sha256().equals(snapshot.sha256());
    }

    /** Takes an activity record. */
    void add(ActivityReport report) {
        firstAtMillis = Math.min(firstAtMillis, report.atMillis());
        if (latest != null && report.version() < latest.version()) {
            long from = Math.max(0, report.version());
            activity.cutFrom(from);
            unitActivity.cutFrom(from);
            series.cutFrom(from);
            marks.removeIf(mark -> mark.version() >= from);
            marksBytes = marks.stream().mapToLong(RunHistory::bytes).sum();
            cuts++;
        }
        latest = LatestReport.of(report);
        receivedAtMillis = Math.max(receivedAtMillis, report.emittedAtMillis());
        if (report.isWarmUp()) {
            return;
        }
        (report.message().hasUnits() ? unitActivity : activity).put(report.version(), Compression.of(report.raw()));
        if (report.message().window() != null && report.message().window().mse() != null) {
            series.add(report);
        }
        for (Mark mark : report.marks()) {
            if (marks.add(mark)) {
                marksBytes += bytes(mark);
            }
        }
        while (marks.size() > MAX_MARKS) {
            Mark oldest = marks.iterator().next();
            marks.remove(oldest);
            marksBytes -= bytes(oldest);
        }
    }

    private static long bytes(Mark mark) {
        return MARK_BYTES
                + 2L
                        * (mark.kind().length()
                                + mark.detector().length()
                                + mark.detail().length());
    }

    LatestReport latest() {
        return latest;
    }

    Set<Mark> marks() {
        return marks;
    }

    /** Time of the earliest record seen of this run. */
    long firstAtMillis() {
        return firstAtMillis;
    }

    void seenAt(long millis) {
        firstAtMillis = Math.min(firstAtMillis, millis);
    }

    /** When the newest record was made, by its own clock; 0 before the first. */
    long receivedAtMillis() {
        return receivedAtMillis;
    }

    /** How often rows were taken back or thinned. */
    long cuts() {
        return cuts;
    }

    /** An estimate of all that the run takes on the heap. */
    long bytes() {
        return OWN_BYTES
                + index.bytes()
                + pixels.bytes()
                + activity.bytes()
                + unitActivity.bytes()
                + series.bytes()
                + assembler.bytes()
                + marksBytes
                + (latest == null ? 0 : latest.heapBytes());
    }

    /** Thins everything so that the run takes at most that much, or as near as first and newest of each kind allow. */
    void thinTo(long budget) {
        index.thinTo(budget / 8);
        activity.thinTo(budget / 8);
        unitActivity.thinTo(budget / 8);
        if (series.thinTo(budget / 8)) {
            cuts++;
        }
        pixels.thinTo(Math.max(0, budget - (bytes() - pixels.bytes())));
    }

    /** Keeps of each kind what tells the run's state now; atoms can be read from Kafka again. */
    void reduce() {
        index.thinTo(0);
        pixels.cutFrom(Long.MIN_VALUE);
        activity.cutFrom(Long.MIN_VALUE);
        unitActivity.cutFrom(Long.MIN_VALUE);
        if (series.thinTo(0)) {
            cuts++;
        }
        assembler.clear();
    }
}
