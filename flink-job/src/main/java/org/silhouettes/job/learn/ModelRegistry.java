package org.silhouettes.job.learn;

import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Rejection;

/**
 * What a subtask keeps per model besides the model: ids of recent images, the partition, timers; and the number of models.
 * Methods refer to the current key.
 */
final class ModelRegistry {

    private final SeenIds seen;
    private final ModelPartitions partitions;
    private final FlushTimers flushTimers;
    private final ForgetTimers forgetTimers;
    private final ModelCount count;
    private final boolean restored;

    /**
     * @param divided counts models with several partitions
     * @param flush runs {@code flush.after} the first image of a mini-batch
     * @param forget runs {@code models.expire-after} the last image of a model
     */
    ModelRegistry(
            StateInitializationContext context,
            LearningSettings settings,
            Counter divided,
            FlushTimers.Action flush,
            FlushTimers.Action forget)
            throws Exception {
        this.seen = new SeenIds(context.getKeyedStateStore(), settings.stream().deduplicate());
        this.flushTimers =
                new FlushTimers(context.getKeyedStateStore(), settings.stream().flushAfter(), flush);
        this.forgetTimers = new ForgetTimers(context, settings.models().expireAfter(), forget);
        this.partitions = new ModelPartitions(context.getKeyedStateStore(), divided);
        this.count = new ModelCount(settings.models().maxModels());
        this.restored = context.isRestored();
    }

    /** Counts the restored models and opens the timers. */
    void open(AbstractStreamOperator<?> operator, KeyedStateBackend<String> backend) throws Exception {
        if (restored) {
            count.restore(backend);
        }
        flushTimers.open(operator);
        forgetTimers.open(operator, backend, restored);
    }

    FlushTimers flushTimers() {
        return flushTimers;
    }

    boolean isDuplicate(ImageRecord image) throws Exception {
        return seen.isDuplicate(image);
    }

    /** Records an image that its model accepted. */
    void accepted(ImageRecord image) throws Exception {
        seen.taken(image);
        partitions.seen(image);
        forgetTimers.image();
    }

    /** Records a late label. */
    void label(ImageRecord label) throws Exception {
        partitions.seen(label);
    }

    /** Checks that one more model may be created. */
    void checkNew(String name) throws Rejection {
        count.check(name);
    }

    /** Counts a new model. */
    void created() {
        count.added();
    }

    /** Clears everything about a removed model. */
    void removed(String name) throws Exception {
        seen.clear();
        partitions.forget(name);
        flushTimers.cancel();
        forgetTimers.cancel();
        count.removed();
    }

    /** Stores the running time of the job. */
    void snapshot() throws Exception {
        forgetTimers.snapshot();
    }
}
