package org.silhouettes.job.learn;

/**
 * Decides when a model emits a report. An activity record is due every {@code activity.every} mini-batches and after a drift
 * mark, a snapshot at the versions of {@link ReportSettings#snapshotDue} and after the dictionary grew. A flush ends with a
 * report of its own; it includes the one that its last update made due. Not thread-safe.
 */
final class ReportSchedule {

    /** What to emit. */
    enum Report {
        NONE,
        /** An activity record. */
        ACTIVITY,
        /** An activity record, the dictionary and its pictures. */
        SNAPSHOT
    }

    private final ReportSettings settings;
    private int sinceReport;
    /** The report of the last update of a flush, which the flush's own includes. */
    private Report deferred = Report.NONE;

    /** @param sinceReport mini-batches encoded since the last report */
    ReportSchedule(ReportSettings settings, int sinceReport) {
        this.settings = settings;
        this.sinceReport = sinceReport;
    }

    /** Mini-batches encoded since the last report. */
    int sinceReport() {
        return sinceReport;
    }

    /** Counts a mini-batch that was encoded. */
    void encoded() {
        sinceReport++;
    }

    /** The report after a mini-batch that is not learned from, outside of a flush. */
    Report unlearned() {
        return isActivityDue() ? Report.ACTIVITY : Report.NONE;
    }

    /**
     * The report after an update.
     *
     * @param version of the dictionary
     * @param grown whether the dictionary got further groups
     * @param marked whether there are drift marks to report
     * @param endsFlush whether this is the last update of a flush
     */
    Report updated(long version, boolean grown, boolean marked, boolean endsFlush) {
        Report due = Report.NONE;
        if (grown || settings.snapshotDue(version)) {
            due = Report.SNAPSHOT;
        } else if (marked || isActivityDue()) {
            due = Report.ACTIVITY;
        }
        if (endsFlush) {
            deferred = due;
            return Report.NONE;
        }
        return due;
    }

    private boolean isActivityDue() {
        return sinceReport >= settings.activityEvery();
    }

    /**
     * The report at the end of a flush.
     *
     * @param snapshot whether the flush was requested by an image, which asks for a snapshot
     */
    Report flushed(boolean snapshot) {
        return snapshot || deferred == Report.SNAPSHOT ? Report.SNAPSHOT : Report.ACTIVITY;
    }

    /** Starts over after a report. */
    void emitted() {
        sinceReport = 0;
        deferred = Report.NONE;
    }
}
