package org.silhouettes.dashboards.history;

import org.silhouettes.wire.message.ActivityMessage;

/**
 * The newest activity report without its arrays by group, unit and class, which are most of it: a kilobyte or two.
 *
 * @param text JSON
 */
@SuppressWarnings("ArrayRecordComponent")
public record LatestReport(long version, long learned, long emittedAtMillis, byte[] text) {

    /** No report that the job writes is larger; of a foreign one the settings are left out. */
    private static final int MAX_BYTES = 32_768;

    static LatestReport of(ActivityReport report) {
        ActivityMessage brief = report.message().brief();
        byte[] text = brief.json();
        return new LatestReport(
                report.version(),
                report.learned(),
                report.emittedAtMillis(),
                text.length <= MAX_BYTES ? text : brief.withoutOutline().json());
    }

    public ActivityMessage message() {
        return ActivityMessage.parse(text);
    }

    long heapBytes() {
        return 64L + text.length;
    }
}
