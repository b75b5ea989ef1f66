package org.silhouettes.job.metrics;

/**
 * Names of all metrics of the job. In Prometheus a metric is called
 * {@code flink_taskmanager_job_task_operator_} + its groups + its name, with every other character as {@code _}.
 */
public final class MetricNames {

    /** Group of everything here: {@code <operator>.silhouettes.<name>}. */
    public static final String GROUP = "silhouettes";

    /** Counter of decode and learning operator: images taken. */
    public static final String IMAGES = "images";

    /** Counter of decode and learning operator: records sent to the rejected topic. */
    public static final String REJECTED = "rejected";
    /** Key of the group that splits {@link #REJECTED} by reason: {@code silhouettes.reason.<reason>.rejected}. */
    public static final String REASON = "reason";

    /** Counter of the source: images that were removed from the topic before they were read. */
    public static final String LOST_IMAGES = "lostImages";
    /** Counter of a sink's committer: transactions that the broker aborted before their commit. */
    public static final String LOST_TRANSACTIONS = "lostTransactions";
    /** Counter of the learning operator: models that have records in more than one partition. */
    public static final String DIVIDED_MODELS = "dividedModels";

    /** Counter: images that a dictionary learned from. */
    public static final String LEARNED = "learned";
    /** Counter: images that were encoded, learned from or not. */
    public static final String ENCODED = "encoded";
    /** Counter: images dropped as duplicates. */
    public static final String DUPLICATES = "duplicates";
    /** Counter: labels that came later than their images and were counted with them. */
    public static final String LATE_LABELS = "lateLabels";
    /** Counter: labels that came later than their images and matched none that waits. */
    public static final String UNMATCHED_LABELS = "unmatchedLabels";
    /** Counter: models removed by a control record. */
    public static final String DELETED_MODELS = "deletedModels";
    /** Counter: models removed after models.expire-after without an image. */
    public static final String EXPIRED_MODELS = "expiredModels";
    /** Counter: images that the models of channels other than the first refused, where channels are split. */
    public static final String CHANNELS_REJECTED = "channelsRejected";
    /** Counter: dictionary updates. */
    public static final String UPDATES = "updates";

    /** Counter: contact sheets that were skipped because they would be too large for a record or for memory. */
    public static final String SKIPPED_SHEETS = "skippedSheets";

    /** Counter: images whose model was in memory. */
    public static final String CACHE_HITS = "cacheHits";
    /** Counter: images and labels of models out of memory that were kept or refused without loading the model. */
    public static final String CACHE_DEFERRED = "cacheDeferred";
    /** Counter: models read from the state backend. */
    public static final String CACHE_LOADS = "cacheLoads";
    /** Counter: models written to the state backend to make room. */
    public static final String CACHE_EVICTIONS = "cacheEvictions";
    /** Gauge: models in memory. */
    public static final String CACHE_MODELS = "cacheModels";
    /** Gauge: bytes of the models in memory and of the training steps that they share. */
    public static final String CACHE_BYTES = "cacheBytes";
    /** Gauge: models written before the last checkpoint's barrier. */
    public static final String CHECKPOINT_MODELS = "checkpointModels";
    /** Gauge: milliseconds that this writing took. */
    public static final String CHECKPOINT_MILLIS = "checkpointWriteMillis";

    /** Key of a model's own group: {@code silhouettes.model.<name>.<metric>}, for the first models of each subtask. */
    public static final String MODEL = "model";
    /** Models of a subtask that have a group of their own, at most. */
    public static final int MODEL_GROUPS = 100;
    /** Gauge: dictionary version, −1 during warm-up. */
    public static final String MODEL_VERSION = "version";
    /** Gauge: images learned from. */
    public static final String MODEL_LEARNED = "learnedImages";
    /** Gauge: prequential mean squared error a value, over the last report's window; NaN before the first. */
    public static final String MODEL_LOSS = "prequentialLoss";
    /** Gauge: active groups an image, over the last report's window; NaN before the first. */
    public static final String MODEL_ACTIVE_GROUPS = "activeGroups";
    /** Gauge: share of images without an active group, over the last report's window; NaN before the first. */
    public static final String MODEL_SILENT = "silentImages";
    /** Gauge: re-initialised atoms, without those of re-initialised groups. */
    public static final String MODEL_ATOM_RESETS = "atomResets";
    /** Gauge: re-initialised groups. */
    public static final String MODEL_GROUP_RESETS = "groupResets";
    /** Gauge: updates dropped because the dictionary would not have stayed finite. */
    public static final String MODEL_DROPPED = "droppedUpdates";

    private MetricNames() {}
}
