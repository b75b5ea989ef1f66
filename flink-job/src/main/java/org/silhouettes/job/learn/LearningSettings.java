package org.silhouettes.job.learn;

import java.io.Serializable;
import java.time.Duration;
import java.util.TreeMap;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.statistics.ActivitySettings;
import org.silhouettes.job.record.ChannelMode;

/**
 * All that the learning operator is told.
 *
 * @param waitForLabels images of a model that wait for a label that comes later, at most; 0 lets none wait
 * @param snapshotEvery updates from one snapshot of the dictionary to the next; the first ones come at 0, 1, 2, 4 … 32
 * @param activityEvery updates (or batches encoded only) from one activity record to the next
 * @param flushAfter time after which a partly filled mini-batch is learned; zero is never
 * @param deduplicate how long an image's id is remembered, to drop a second one of it; zero is not at all
 * @param maxModels models of a subtask; 0 sets no limit
 * @param forgetAfter time without an image after which a model is removed; zero is never
 * @param cacheBytes models in memory, bytes
 * @param maxRecordBytes largest record for any out topic, bytes
 * @param shown the settings that matter for learning, by option key, as reports show them
 */
public record LearningSettings(
        LearnerSettings learner,
        ChannelMode channels,
        ActivitySettings activity,
        DriftSettings drift,
        int waitForLabels,
        long snapshotEvery,
        long activityEvery,
        CodesEmit codes,
        Duration flushAfter,
        Duration deduplicate,
        int maxModels,
        Duration forgetAfter,
        long cacheBytes,
        int maxRecordBytes,
        OnMismatch onMismatch,
        TreeMap<String, String> shown)
        implements Serializable {

    /** Whether a dictionary of that version is to be emitted. */
    boolean snapshotDue(long version) {
        return version % snapshotEvery == 0 || version <= 32 && Long.bitCount(version) == 1;
    }
}
