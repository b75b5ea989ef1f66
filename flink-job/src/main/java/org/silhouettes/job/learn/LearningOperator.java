package org.silhouettes.job.learn;

import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.silhouettes.core.dictionary.ImageShape;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.OutRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;

/**
 * Learns one dictionary a key from the images of that key, and emits it with its statistics to the side outputs of
 * {@link Outputs}; the main output stays empty.
 *
 * <p>Serialising a model of megabytes for every image is ruinous, so live models stay in a {@link ModelCache}, and the
 * changed ones are written to keyed state right before a checkpoint's barrier. Images of a model out of memory wait in
 * {@link StoredModels} until it has something to do with them. There is no current key at that moment,
 * which is why this is no {@code KeyedProcessFunction}: it sets the key itself. What a model learns depends on its own
 * images and their order alone, not on checkpoints, evictions or parallelism; only {@code flush.after} lets time in.
 */
public final class LearningOperator extends AbstractStreamOperator<OutRecord>
        implements OneInputStreamOperator<ImageRecord, OutRecord>, Triggerable<String, VoidNamespace> {

    private static final String TIMERS = "flush-timers";

    private final LearningSettings settings;
    private final TopicHistory topics;
    private transient StoredModels stored;
    private transient RunIds runs;
    private transient SeenIds seen;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient ModelEngines engines;
    private transient ModelCache cache;
    private transient ModelGate gate;
    private transient ModelReports reports;
    private transient LearningMetrics metrics;
    private transient Counter duplicates;
    private transient CacheMetrics cacheMetrics;

    public LearningOperator(LearningSettings settings, TopicHistory topics) {
        this.settings = settings;
        this.topics = topics;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        // where the backend cannot reuse what it hands out, it holds on to live objects
        boolean copies = !getKeyedStateBackend().isSafeToReuseKVState();
        stored = new StoredModels(context.getKeyedStateStore(), copies);
        seen = new SeenIds(context.getKeyedStateStore(), settings.deduplicate());
        topics.open();
        runs = new RunIds(context.getKeyedStateStore(), topics, SettingsHash.of(settings.shown()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        engines = ModelEngines.of(settings.learner(), settings.drift());
        gate = new ModelGate(settings);
        cache = new ModelCache(settings.cacheBytes(), this::write);
        metrics = new LearningMetrics(getMetricGroup());
        reports = new ModelReports(
                settings,
                metrics,
                (tag, record) -> output.collect(tag, new StreamRecord<>(record)),
                () -> getProcessingTimeService().getCurrentProcessingTime());
        timers = getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        duplicates = metrics.group().counter(MetricNames.DUPLICATES);
        cacheMetrics = new CacheMetrics(metrics.group());
    }

    @Override
    public void processElement(StreamRecord<ImageRecord> element) throws Exception {
        ImageRecord image = element.getValue();
        if (image.isLateLabel()) {
            label(image);
            return;
        }
        if (seen.isDuplicate(image)) {
            duplicates.inc();
            return;
        }
        if (waits(image)) {
            metrics.image();
            seen.taken(image);
            return;
        }
        Model model = model(image.model());
        try {
            if (model == null) {
                gate.checkNew(image);
                model = create(image);
            } else if (gate.mustReset(model.outline(), image)) {
                cache.remove(model);
                model = create(image);
            }
            metrics.image();
            model.accept(image);
            setTimer(model);
            seen.taken(image);
        } catch (Rejection rejection) {
            reject(image, rejection, model);
            if (model != null) {
                model.refused();
            }
        }
        if (model != null) {
            account(model);
        }
    }

    private void label(ImageRecord label) throws Exception {
        Model model = model(label.model());
        try {
            gate.checkLabel(model, label);
            metrics.label(model.label(label.id(), label.label()));
        } catch (Rejection rejection) {
            reject(label, rejection, model);
        }
        if (model != null) {
            account(model);
        }
    }

    /** Keeps an image that its model, out of memory, would only buffer; false where the model itself is needed. */
    private boolean waits(ImageRecord image) throws Exception {
        ModelOutline outline = cache.get(image.model()) == null ? stored.outline() : null;
        if (outline == null || !gate.admits(outline, image) || !outline.onlyBuffers(image, settings)) {
            return false;
        }
        ModelOutline grown = outline.with(image);
        if (!settings.flushAfter().isZero() && !grown.timerSet() && !grown.warmingUp()) {
            startTimer();
            grown = grown.withTimer();
        }
        stored.keep(image.streamImage(), grown);
        cacheMetrics.deferred();
        return true;
    }

    /** The model of the current key, from memory or from the state; null where there is none yet. */
    private Model model(String name) throws Exception {
        Model model = cache.get(name);
        if (model != null) {
            cacheMetrics.hit();
            return model;
        }
        ModelOutline outline = stored.outline();
        ModelState state = stored.take();
        if (state == null) {
            return null;
        }
        cacheMetrics.loaded();
        model = new Model(new ModelRun(name, runs.current()), state, settings, engines, reports);
        model.timerSet(outline != null && outline.timerSet());
        cache.put(model);
        return model;
    }

    private Model create(ImageRecord image) throws Exception {
        ImageShape shape = new ImageShape(image.height(), image.width(), image.channels());
        Model model =
                new Model(new ModelRun(image.model(), runs.begin(image.origin())), shape, settings, engines, reports);
        cache.put(model);
        return model;
    }

    /** Emits a record that was refused; the model is null where it would have been the first of its model. */
    private void reject(ImageRecord image, Rejection rejection, Model model) {
        if (image.primary()) {
            metrics.rejected().count(rejection.reason());
            OutRecord record = RejectedRecords.of(
                    image.origin(),
                    rejection,
                    model == null ? null : model.run().id(),
                    settings.maxRecordBytes());
            output.collect(Outputs.REJECTED, new StreamRecord<>(record));
        }
    }

    private void account(Model model) throws Exception {
        cacheMetrics.accounted(cache, cache.account(model));
    }

    private void write(Model model) throws Exception {
        setCurrentKey(model.name());
        stored.write(model);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        long started = System.nanoTime();
        int written = 0;
        for (Model model : cache.models()) {
            if (model.dirty()) {
                write(model);
                model.markClean();
                written++;
            }
        }
        cacheMetrics.written(written, (System.nanoTime() - started) / 1_000_000);
    }

    private void setTimer(Model model) {
        if (!settings.flushAfter().isZero() && !model.timerSet() && !model.warmingUp() && model.hasPending()) {
            startTimer();
            model.timerSet(true);
        }
    }

    private void startTimer() {
        long due = timers.currentProcessingTime() + settings.flushAfter().toMillis();
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, due);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Model model = model(timer.getKey());
        if (model != null) {
            model.timerSet(false);
            if (!settings.flushAfter().isZero()) {
                model.flushBatch();
            }
            account(model);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no event-time timer is ever set");
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
