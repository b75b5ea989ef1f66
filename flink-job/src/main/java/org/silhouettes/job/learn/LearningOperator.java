package org.silhouettes.job.learn;

import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.job.restore.CheckpointFolder;
import org.silhouettes.wire.WireRecord;

/**
 * Learns one dictionary per key from the images of that key. Dictionaries and statistics go to the side outputs of
 * {@link Outputs}; the main output stays empty.
 *
 * <p>Serialising a model of megabytes for every image is too expensive, so models stay in memory, see {@link LiveModels}, and
 * changed ones are written to keyed state right before a checkpoint's barrier. Records for a model that is not in memory wait
 * in {@link StoredModels} until an image needs the model itself. There is no current key at a barrier, so this is not a
 * {@code KeyedProcessFunction}: it sets the key itself. What a model learns depends on its own images and their order, not on
 * checkpoints, evictions or parallelism; only {@code flush.after} makes it depend on time.
 */
public final class LearningOperator extends AbstractStreamOperator<WireRecord>
        implements OneInputStreamOperator<ImageRecord, WireRecord> {

    private final LearningSettings settings;
    private final TopicHistory topics;
    private transient LiveModels.Stores stores;
    private transient StartGuard start;
    private transient ModelRegistry registry;
    private transient LiveModels models;
    private transient ModelGate gate;
    private transient Rejections rejections;
    private transient LearningMetrics metrics;

    public LearningOperator(LearningSettings settings, TopicHistory topics) {
        this.settings = settings;
        this.topics = topics;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        // a backend that cannot reuse objects keeps references to live ones
        boolean copies = !getKeyedStateBackend().isSafeToReuseKVState();
        stores = LiveModels.Stores.of(context.getKeyedStateStore(), settings, topics, copies);
        Counter divided = getMetricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.DIVIDED_MODELS);
        registry = new ModelRegistry(context, settings, divided, this::flush, this::forget);
        topics.open();
        start = StartGuard.open(context, topics, getRuntimeContext().getTaskInfo());
    }

    private Optional<String> newestCheckpoint() {
        return CheckpointFolder.of(getContainingTask().getEnvironment()).newest();
    }

    @Override
    public void open() throws Exception {
        super.open();
        Emitter out = (tag, record) -> output.collect(tag, new StreamRecord<>(record));
        gate = new ModelGate(settings);
        metrics = new LearningMetrics(getMetricGroup());
        models = new LiveModels(settings, this, stores, metrics, out);
        rejections = new Rejections(metrics, out, settings.reports().maxRecordBytes());
        registry.open(this, getKeyedStateBackend());
    }

    @Override
    public void processElement(StreamRecord<ImageRecord> element) throws Exception {
        ImageRecord image = element.getValue();
        if (image.command() != null) {
            delete(image);
            return;
        }
        Rejection stopped = models.stopped(image.model());
        if (stopped != null) {
            rejections.reject(image, stopped, stores.runs().current());
        } else if (image.isLateLabel()) {
            label(image);
        } else if (registry.isDuplicate(image)) {
            metrics.duplicate();
        } else {
            ModelOutline absent = models.absent(image.model());
            if (absent == null || !settles(absent, image)) {
                learn(image);
            }
        }
    }

    private void learn(ImageRecord image) throws Exception {
        CachedModel model = null;
        try {
            model = models.find(image.model(), image.origin());
            if (model == null) {
                registry.checkNew(image.model());
                gate.checkNew(image);
                start.requireNew(image.model(), this::newestCheckpoint);
                model = create(image);
            } else if (gate.mustReset(model.outline(), image)) {
                remove(image.model(), model.outline());
                model = create(image);
            }
            Model accepting = model.model();
            models.run(model, StoppedModels.at(image.origin()), () -> accepting.accept(image));
            FlushTimers timers = registry.flushTimers();
            if (!timers.off() && !model.timerSet() && !accepting.warmingUp() && accepting.hasPending()) {
                timers.start();
                model.timerSet(true);
            }
            taken(image);
        } catch (Rejection rejection) {
            rejections.reject(
                    image, rejection, model == null ? null : model.model().run().id());
            if (model != null) {
                models.refused(model);
            }
        }
        if (model != null) {
            models.account(model);
        }
    }

    private CachedModel create(ImageRecord image) throws Exception {
        CachedModel model = models.create(image);
        registry.created();
        return model;
    }

    /** Takes the label of an image that came without one. */
    private void label(ImageRecord label) throws Exception {
        ModelOutline absent = models.absent(label.model());
        CachedModel model = null;
        try {
            model = absent == null ? models.find(label.model(), label.origin()) : null;
            gate.checkLabel(absent != null || model != null, label);
            registry.label(label);
            if (absent != null && stores.stored().keepLabel(label, absent)) {
                models.cacheMetrics().deferred();
                return;
            }
            model = model == null ? models.find(label.model(), label.origin()) : model;
            Model labelled = model.model();
            models.run(model, StoppedModels.at(label.origin()), () -> {
                metrics.label(labelled.label(label.id(), label.label()));
            });
        } catch (Rejection rejection) {
            boolean known = absent != null || model != null;
            rejections.reject(label, rejection, known ? stores.runs().current() : null);
        }
        if (model != null) {
            models.account(model);
        }
    }

    /**
     * Processes an image of a model that is out of memory, if its outline is enough: keeps an image that the model would only
     * buffer, rejects one that it cannot take, removes a model that has to start over.
     *
     * @return false if the image still has to be learned from
     */
    private boolean settles(ModelOutline outline, ImageRecord image) throws Exception {
        if (gate.admits(outline, image)) {
            return outline.onlyBuffers(image, settings) && keep(outline, image);
        }
        try {
            if (gate.mustReset(outline, image)) {
                remove(image.model(), outline);
            }
            return false;
        } catch (Rejection rejection) {
            rejections.reject(image, rejection, stores.runs().current());
            stores.stored().refused();
            models.cacheMetrics().deferred();
            return true;
        }
    }

    private boolean keep(ModelOutline outline, ImageRecord image) throws Exception {
        ModelOutline grown = outline.with(image);
        if (!registry.flushTimers().off() && !grown.timerSet() && !grown.warmingUp()) {
            registry.flushTimers().start();
            grown = grown.withTimer();
        }
        stores.stored().keep(image.image(), grown);
        taken(image);
        models.cacheMetrics().deferred();
        return true;
    }

    private void taken(ImageRecord image) throws Exception {
        metrics.image();
        registry.accepted(image);
    }

    /** Deletes the model of a control record, and its dictionary from the compacted topic. */
    private void delete(ImageRecord control) throws Exception {
        ModelOutline outline = models.absent(control.model());
        boolean isStopped = models.stopped(control.model()) != null;
        try {
            if (outline == null && !isStopped) {
                CachedModel model = models.find(control.model(), control.origin());
                outline = model == null ? null : model.outline();
            }
            gate.checkDelete(outline != null || isStopped, control);
        } catch (Rejection rejection) {
            rejections.reject(control, rejection, null);
            return;
        }
        remove(control.model(), outline);
        metrics.deleted();
    }

    /** Removes the current key's model and its dictionary from the compacted topic; {@code outline} may be null. */
    private void remove(String name, ModelOutline outline) throws Exception {
        models.emitDeletion(name, outline);
        drop(name);
    }

    /** Removes all state of the current key's model; its output stays. */
    private void drop(String name) throws Exception {
        models.remove(name);
        registry.removed(name);
    }

    /** Removes a model that got no image for {@code models.expire-after}. */
    private void forget(String name) throws Exception {
        drop(name);
        metrics.forgotten();
    }

    /** Learns from a partly filled mini-batch, {@code flush.after} its first image. */
    private void flush(String name) throws Exception {
        if (models.stopped(name) != null) {
            return;
        }
        CachedModel model = models.find(name);
        if (model == null) {
            return;
        }
        model.timerSet(false);
        try {
            if (!registry.flushTimers().off()) {
                models.run(model, "at flush.after", model.model()::flushBatch);
            }
        } catch (Rejection rejection) {
            // already logged; there is no record to reject
            return;
        }
        models.account(model);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        models.writeChanged();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        registry.snapshot();
    }

    CacheMetrics cacheMetrics() {
        return models.cacheMetrics();
    }

    @Override
    public void close() throws Exception {
        if (models != null) {
            models.close();
        }
        super.close();
    }
}
