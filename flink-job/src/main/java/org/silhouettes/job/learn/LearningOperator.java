package org.silhouettes.job.learn;

import java.util.List;
import java.util.Optional;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.job.restore.CheckpointFolder;
import org.silhouettes.wire.ChannelModels;
import org.silhouettes.wire.WireRecord;

/**
 * Learns one dictionary a key from the images of that key, and emits it with its statistics to the side outputs of
 * {@link Outputs}; the main output stays empty.
 *
 * <p>Serialising a model of megabytes for every image is ruinous, so live models stay in a {@link ModelCache}, and the
 * changed ones are written to keyed state right before a checkpoint's barrier. What comes for a model out of memory waits in
 * {@link StoredModels} until an image needs the model itself. There is no current key at that moment,
 * which is why this is no {@code KeyedProcessFunction}: it sets the key itself. What a model learns depends on its own
 * images and their order alone, not on checkpoints, evictions or parallelism; only {@code flush.after} lets time in.
 */
public final class LearningOperator extends AbstractStreamOperator<WireRecord>
        implements OneInputStreamOperator<ImageRecord, WireRecord> {

    private final LearningSettings settings;
    private final TopicHistory topics;
    private transient StoredModels stored;
    private transient StoppedModels stopped;
    private transient RunIds runs;
    private transient StartGuard start;
    private transient SeenIds seen;
    private transient FlushTimers flushTimers;
    private transient ForgetTimers forgetTimers;
    private transient ModelCount count;
    private transient boolean restored;
    private transient ModelPartitions partitions;
    private transient ModelTrainingSteps engines;
    private transient ModelCache cache;
    private transient ModelGate gate;
    private transient ModelReports reports;
    private transient LearningMetrics metrics;
    private transient Counter duplicates;
    private transient CacheMetrics cacheMetrics;
    private transient ModelWork work;

    public LearningOperator(LearningSettings settings, TopicHistory topics) {
        this.settings = settings;
        this.topics = topics;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        // where the backend cannot reuse what it hands out, it holds on to live objects
        boolean copies = !getKeyedStateBackend().isSafeToReuseKVState();
        stored =
                new StoredModels(context.getKeyedStateStore(), settings.stream().waitForLabels(), copies);
        stopped = new StoppedModels(context.getKeyedStateStore());
        seen = new SeenIds(context.getKeyedStateStore(), settings.stream().deduplicate());
        flushTimers =
                new FlushTimers(context.getKeyedStateStore(), settings.stream().flushAfter(), this::flush);
        forgetTimers = new ForgetTimers(context, settings.models().expireAfter(), this::forget);
        restored = context.isRestored();
        partitions = new ModelPartitions(
                context.getKeyedStateStore(),
                getMetricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.DIVIDED_MODELS));
        topics.open();
        start = StartGuard.open(context, topics, getRuntimeContext().getTaskInfo());
        runs = new RunIds(
                context.getKeyedStateStore(), topics, settings.hashed().hash());
    }

    private Optional<String> newestCheckpoint() {
        return CheckpointFolder.of(getContainingTask().getEnvironment()).newest();
    }

    @Override
    public void open() throws Exception {
        super.open();
        engines = ModelTrainingSteps.of(settings, this::makeRoom);
        gate = new ModelGate(settings);
        cache = new ModelCache(settings.models().cacheBytes(), this::write, engines);
        work = new ModelWork((tag, record) -> output.collect(tag, new StreamRecord<>(record)), cache, engines, stopped);
        metrics = new LearningMetrics(getMetricGroup());
        reports = new ModelReports(
                settings, metrics, work, () -> getProcessingTimeService().getCurrentProcessingTime());
        KeyedStateBackend<String> backend = getKeyedStateBackend();
        count = new ModelCount(settings.models().maxModels());
        if (restored) {
            count.restore(backend);
        }
        flushTimers.open(this);
        forgetTimers.open(this, backend, restored);
        duplicates = metrics.group().counter(MetricNames.DUPLICATES);
        cacheMetrics = new CacheMetrics(metrics.group());
    }

    @Override
    public void processElement(StreamRecord<ImageRecord> element) throws Exception {
        ImageRecord image = element.getValue();
        if (image.command() != null) {
            delete(image);
        } else if (isStopped(image)) {
            return;
        } else if (image.isLateLabel()) {
            label(image);
        } else if (seen.isDuplicate(image)) {
            duplicates.inc();
        } else {
            ModelOutline absent = absent(image.model());
            if (absent == null || !settles(absent, image)) {
                learn(image);
            }
        }
    }

    private void learn(ImageRecord image) throws Exception {
        Model model = null;
        try {
            model = model(image.model(), image.origin());
            if (model == null) {
                count.check(image.model());
                gate.checkNew(image);
                start.requireNew(image.model(), this::newestCheckpoint);
                model = create(image);
            } else if (gate.mustReset(model.outline(), image)) {
                remove(image.model(), model.outline());
                model = create(image);
            }
            Model accepting = model;
            work.run(model, StoppedModels.at(image.origin()), () -> accepting.accept(image));
            if (!flushTimers.off() && !model.timerSet() && !model.warmingUp() && model.hasPending()) {
                flushTimers.start();
                model.timerSet(true);
            }
            taken(image);
        } catch (Rejection rejection) {
            reject(image, rejection, model == null ? null : model.run().id());
            if (model != null) {
                model.refused();
            }
        }
        if (model != null) {
            account(model);
        }
    }

    /** Rejects an image or label of a model that learns no more. */
    private boolean isStopped(ImageRecord image) throws Exception {
        // a model in memory is not stopped
        Rejection rejection = cache.get(image.model()) == null ? stopped.rejection() : null;
        if (rejection != null) {
            reject(image, rejection, runs.current());
        }
        return rejection != null;
    }

    /** Makes room while a model works, whose key is the current one again afterwards. */
    private void makeRoom(double bytes) {
        Object key = getCurrentKey();
        try {
            work.outside(() -> cacheMetrics.accounted(cache, cache.makeRoom(bytes)));
        } finally {
            setCurrentKey(key);
        }
    }

    private void label(ImageRecord label) throws Exception {
        ModelOutline absent = absent(label.model());
        Model model = null;
        try {
            model = absent == null ? model(label.model(), label.origin()) : null;
            gate.checkLabel(absent != null || model != null, label);
            partitions.seen(label);
            if (absent != null && stored.keepLabel(label, absent)) {
                cacheMetrics.deferred();
                return;
            }
            Model labelled = model == null ? model(label.model(), label.origin()) : model;
            model = labelled;
            work.run(labelled, StoppedModels.at(label.origin()), () -> {
                metrics.label(labelled.label(label.id(), label.label()));
            });
        } catch (Rejection rejection) {
            reject(label, rejection, absent != null || model != null ? runs.current() : null);
        }
        if (model != null) {
            account(model);
        }
    }

    /** Outline of a model that is out of memory; null where it is in memory, or has no outline yet, or does not exist. */
    private ModelOutline absent(String name) throws Exception {
        return cache.get(name) == null ? stored.outline() : null;
    }

    /**
     * Deals with an image of a model that is out of memory, as far as its outline tells all: keeps an image that the model
     * would only buffer, rejects one that it cannot take, removes a model that has to start over.
     *
     * @return false where the image still has to be learned from
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
            reject(image, rejection, runs.current());
            stored.refused();
            cacheMetrics.deferred();
            return true;
        }
    }

    private boolean keep(ModelOutline outline, ImageRecord image) throws Exception {
        ModelOutline grown = outline.with(image);
        if (!flushTimers.off() && !grown.timerSet() && !grown.warmingUp()) {
            flushTimers.start();
            grown = grown.withTimer();
        }
        stored.keep(image.streamImage(), grown);
        taken(image);
        cacheMetrics.deferred();
        return true;
    }

    private void taken(ImageRecord image) throws Exception {
        metrics.image();
        seen.taken(image);
        partitions.seen(image);
        forgetTimers.image();
    }

    /** Removes the model of a control record, and its dictionary from the compacted topic. */
    private void delete(ImageRecord control) throws Exception {
        ModelOutline outline = absent(control.model());
        boolean isStopped = cache.get(control.model()) == null && stopped.rejection() != null;
        try {
            if (outline == null && !isStopped) {
                Model model = model(control.model(), control.origin());
                outline = model == null ? null : model.outline();
            }
            gate.checkDelete(outline != null || isStopped, control);
        } catch (Rejection rejection) {
            reject(control, rejection, null);
            return;
        }
        remove(control.model(), outline);
        metrics.deleted();
    }

    /** Removes the model of the current key and its dictionary from the compacted topic; the outline is null where it is not known. */
    private void remove(String name, ModelOutline outline) throws Exception {
        reports.deleted(new ModelRun(name, runs.current()), outline == null ? 0 : outline.groups());
        drop(name);
    }

    /** Removes all state of the current key's model; what it has put out stays. */
    private void drop(String name) throws Exception {
        Model model = cache.get(name);
        if (model != null) {
            cache.remove(model);
            cacheMetrics.accounted(cache, 0);
        }
        stored.clear();
        stopped.clear();
        seen.clear();
        partitions.forget(name);
        runs.forget();
        flushTimers.cancel();
        forgetTimers.cancel();
        count.removed();
        metrics.removed(name);
    }

    /** Forgets a model that no image has come for. */
    private void forget(String name) throws Exception {
        drop(name);
        metrics.forgotten();
    }

    private void flush(String name) throws Exception {
        if (cache.get(name) == null && stopped.rejection() != null) {
            return;
        }
        Model model = cache.get(name) == null ? load(name) : cache.get(name);
        if (model == null) {
            return;
        }
        model.timerSet(false);
        try {
            if (!flushTimers.off()) {
                work.run(model, "at flush.after", model::flushBatch);
            }
        } catch (Rejection rejection) {
            // there is no record to reject: it is logged, and the next one will be
            return;
        }
        account(model);
    }

    /** The model of the current key, from memory or from the state; null where there is none yet. */
    private Model model(String name, RawRecord at) throws Exception {
        Model model = cache.get(name);
        if (model != null) {
            cacheMetrics.hit();
            return model;
        }
        try {
            return load(name);
        } catch (OutOfMemoryError e) {
            engines.close();
            throw stopped.stop(name, StoppedModels.at(at), e);
        }
    }

    private Model load(String name) throws Exception {
        ModelOutline outline = stored.outline();
        WaitingNotes.Applied taken = stored.take();
        if (taken == null) {
            return null;
        }
        cacheMetrics.loaded();
        metrics.labels(taken.joined(), taken.unmatched());
        Model model = new Model(new ModelRun(name, runs.current()), taken.state(), settings, engines, reports);
        model.timerSet(outline != null && outline.timerSet());
        cache.put(model);
        return model;
    }

    private Model create(ImageRecord image) throws Exception {
        ImageShape shape = new ImageShape(image.height(), image.width(), image.channels());
        Model model =
                new Model(new ModelRun(image.model(), runs.begin(image.origin())), shape, settings, engines, reports);
        cache.put(model);
        count.added();
        return model;
    }

    /** Emits a record that was refused; the run is null where there is no model. */
    private void reject(ImageRecord image, Rejection rejection, String run) {
        if (image.primary()) {
            metrics.rejected().count(rejection.reason());
            WireRecord record = RejectedRecords.of(
                    image.origin(), rejection, run, settings.reports().maxRecordBytes());
            output.collect(Outputs.REJECTED, new StreamRecord<>(record));
        } else {
            metrics.channelRejected();
            Rejection named = rejection.of("channel " + ChannelModels.channel(image.model()));
            WireRecord record = RejectedRecords.of(
                    image.origin(), named, run, settings.reports().maxRecordBytes());
            output.collect(Outputs.CHANNEL_REJECTED, new StreamRecord<>(record));
        }
    }

    private void account(Model model) throws Exception {
        cacheMetrics.accounted(cache, cache.account(model));
    }

    private void write(Model model) throws Exception {
        setCurrentKey(model.name());
        try {
            stored.write(model);
        } catch (OutOfMemoryError e) {
            engines.close();
            cache.remove(model);
            stopped.stop(model.name(), "when it was written", e);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        long started = System.nanoTime();
        int written = 0;
        for (Model model : List.copyOf(cache.models())) {
            if (model.dirty()) {
                cache.makeRoomToWrite(model);
                write(model);
                model.markClean();
                written++;
            }
        }
        cacheMetrics.written(written, (System.nanoTime() - started) / 1_000_000);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        forgetTimers.snapshot();
    }

    CacheMetrics cacheMetrics() {
        return cacheMetrics;
    }

    @Override
    public void close() throws Exception {
        if (engines != null) {
            engines.close();
        }
        super.close();
    }
}
