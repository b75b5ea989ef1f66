package org.silhouettes.job.learn;

import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.Rejection;

/**
 * The models of a subtask: in memory, or in keyed state from which they are loaded on demand. Names are those of the current
 * key. Not thread-safe.
 */
final class LiveModels implements AutoCloseable {

    /** The keyed state of models. */
    record Stores(StoredModels stored, StoppedModels stopped, RunIds runs) {

        /** @param copies whether the backend keeps references to the objects that it is given */
        static Stores of(KeyedStateStore store, LearningSettings settings, TopicHistory topics, boolean copies) {
            return new Stores(
                    new StoredModels(store, settings.stream().waitForLabels(), copies),
                    new StoppedModels(store),
                    new RunIds(store, topics, settings.hashed().hash()));
        }
    }

    private final LearningSettings settings;
    private final AbstractStreamOperator<?> operator;
    private final StoredModels stored;
    private final StoppedModels stopped;
    private final RunIds runs;
    private final LearningMetrics metrics;
    private final CacheMetrics cacheMetrics;
    private final ModelTrainingSteps steps;
    private final ModelCache cache;
    private final ModelWork work;
    private final ModelReports reports;

    /**
     * @param operator whose current key is set to write models of other keys
     * @param out takes the output records of models
     */
    LiveModels(
            LearningSettings settings,
            AbstractStreamOperator<?> operator,
            Stores stores,
            LearningMetrics metrics,
            Emitter out) {
        this.settings = settings;
        this.operator = operator;
        this.stored = stores.stored();
        this.stopped = stores.stopped();
        this.runs = stores.runs();
        this.metrics = metrics;
        this.cacheMetrics = new CacheMetrics(metrics.group());
        this.steps = ModelTrainingSteps.of(settings, this::makeRoom);
        this.cache = new ModelCache(settings.models().cacheBytes(), this::write, steps);
        this.work = new ModelWork(out, cache, steps, stopped);
        this.reports = new ModelReports(settings, metrics, work, () -> operator.getProcessingTimeService()
                .getCurrentProcessingTime());
    }

    CacheMetrics cacheMetrics() {
        return cacheMetrics;
    }

    /** Why the model is stopped, or null if it is not; a model in memory never is. */
    Rejection stopped(String name) throws Exception {
        return cache.get(name) == null ? stopped.rejection() : null;
    }

    /** Outline of a model that is out of memory; null if it is in memory, has no outline yet, or does not exist. */
    ModelOutline absent(String name) throws Exception {
        return cache.get(name) == null ? stored.outline() : null;
    }

    /**
     * The model from memory or from the state; null if there is none.
     *
     * @throws Rejection if there is not enough memory to load it: the model is stopped
     */
    CachedModel find(String name, RawRecord at) throws Exception {
        CachedModel model = cache.get(name);
        if (model != null) {
            cacheMetrics.hit();
            return model;
        }
        try {
            return load(name);
        } catch (OutOfMemoryError e) {
            steps.close();
            throw stopped.stop(name, StoppedModels.at(at), e);
        }
    }

    /** The same for a timer. */
    CachedModel find(String name) throws Exception {
        CachedModel model = cache.get(name);
        return model == null ? load(name) : model;
    }

    private CachedModel load(String name) throws Exception {
        ModelOutline outline = stored.outline();
        WaitingNotes.Applied taken = stored.take();
        if (taken == null) {
            return null;
        }
        cacheMetrics.loaded();
        metrics.labels(taken.joined(), taken.unmatched());
        Model model = new Model(new ModelRun(name, runs.current()), taken.state(), settings, steps, reports);
        return put(new CachedModel(model, outline != null && outline.timerSet()));
    }

    /** A new model for its first image. */
    CachedModel create(ImageRecord image) throws Exception {
        ModelRun run = new ModelRun(image.model(), runs.begin(image.origin()));
        return put(new CachedModel(new Model(run, image.shape(), settings, steps, reports), false));
    }

    private CachedModel put(CachedModel model) {
        cache.put(model);
        return model;
    }

    /**
     * Runs work that changes a model.
     *
     * @param doing what is done, for the reason of a rejection
     * @throws Rejection if it fails: the model is stopped
     */
    void run(CachedModel model, String doing, Runnable change) throws Exception {
        model.markChanged();
        work.run(model, doing, change);
    }

    /** Counts an image that the model rejected. */
    void refused(CachedModel model) {
        model.markChanged();
        model.model().refused();
    }

    /** Counts the memory of a model, just used, and evicts others if need be. */
    void account(CachedModel model) throws Exception {
        cacheMetrics.accounted(cache, cache.account(model));
    }

    /**
     * Emits the deletion of the model's dictionary.
     *
     * @param outline of the model, null if unknown
     */
    void emitDeletion(String name, ModelOutline outline) throws Exception {
        reports.deleted(new ModelRun(name, runs.current()), outline == null ? 0 : outline.groups());
    }

    /** Removes the model from memory and state; its output stays. */
    void remove(String name) {
        CachedModel model = cache.get(name);
        if (model != null) {
            cache.remove(model);
            cacheMetrics.accounted(cache, 0);
        }
        stored.clear();
        stopped.clear();
        runs.forget();
        metrics.removed(name);
    }

    /** Frees memory while a model works; its key is current again afterwards. */
    private void makeRoom(double bytes) {
        Object key = operator.getCurrentKey();
        try {
            work.outside(() -> cacheMetrics.accounted(cache, cache.makeRoom(bytes)));
        } finally {
            operator.setCurrentKey(key);
        }
    }

    private void write(CachedModel model) throws Exception {
        operator.setCurrentKey(model.name());
        try {
            stored.write(model);
        } catch (OutOfMemoryError e) {
            steps.close();
            cache.remove(model);
            stopped.stop(model.name(), "when it was written", e);
        }
    }

    /** Writes all changed models to the keyed state. */
    void writeChanged() throws Exception {
        long started = System.nanoTime();
        int written = cache.writeChanged();
        cacheMetrics.written(written, (System.nanoTime() - started) / 1_000_000);
    }

    @Override
    public void close() {
        steps.close();
    }
}
