package org.silhouettes.job.learn;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;

/**
 * Frequency and size of output records.
 *
 * @param snapshotEvery updates between dictionary snapshots; the first ones are at 0, 1, 2, 4 … 32
 * @param activityEvery updates (or batches that are only encoded) between activity records
 * @param maxRecordBytes size limit of an output record, bytes
 */
public record ReportSettings(
        @Setting(
                        key = "snapshot.every",
                        min = 1,
                        max = 1_000_000,
                        unit = "updates",
                        affectsLearning = false,
                        help = "Number of updates between dictionary snapshots; the first ones are at versions 0, 1,"
                                + " 2, 4 … 32, and one is at every flush.")
                long snapshotEvery,
        @Setting(
                        key = "activity.every",
                        min = 1,
                        max = 1_000_000,
                        unit = "updates",
                        affectsLearning = false,
                        help = "Number of updates between activity records; each covers the images since the previous"
                                + " one.")
                long activityEvery,
        @Setting(
                        key = "codes.emit",
                        affectsLearning = false,
                        help = "Images whose codes are emitted: none, those marked learn: false (unlearned), or all.")
                CodesEmit codes,
        @Setting(
                        key = "output.max-record-bytes",
                        min = 400_000,
                        max = 100_000_000,
                        unit = "bytes",
                        help = "Maximum size of an output record, which must be below the broker's message.max.bytes;"
                                + " a model whose group does not fit is rejected.")
                int maxRecordBytes)
        implements Serializable {

    public static final ReportSettings DEFAULTS = new ReportSettings(50, 10, CodesEmit.NONE, 1_000_000);

    /** Whether the dictionary is emitted at this version. */
    boolean snapshotDue(long version) {
        return version % snapshotEvery == 0 || version <= 32 && Long.bitCount(version) == 1;
    }
}
