package org.silhouettes.job.learn;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.silhouettes.job.metrics.MetricNames;

/** Metrics of the model cache. */
final class CacheMetrics {

    private final Counter hits;
    private final Counter deferred;
    private final Counter loads;
    private final Counter evictions;
    private volatile int modelsInMemory;
    private volatile long bytesInMemory;
    private volatile int modelsWritten;
    private volatile long millisWriting;

    CacheMetrics(MetricGroup group) {
        hits = group.counter(MetricNames.CACHE_HITS);
        deferred = group.counter(MetricNames.CACHE_DEFERRED);
        loads = group.counter(MetricNames.CACHE_LOADS);
        evictions = group.counter(MetricNames.CACHE_EVICTIONS);
        group.gauge(MetricNames.CACHE_MODELS, (Gauge<Integer>) () -> modelsInMemory);
        group.gauge(MetricNames.CACHE_BYTES, (Gauge<Long>) () -> bytesInMemory);
        group.gauge(MetricNames.CHECKPOINT_MODELS, (Gauge<Integer>) () -> modelsWritten);
        group.gauge(MetricNames.CHECKPOINT_MILLIS, (Gauge<Long>) () -> millisWriting);
    }

    void hit() {
        hits.inc();
    }

    void deferred() {
        deferred.inc();
    }

    void loaded() {
        loads.inc();
    }

    void accounted(ModelCache cache, int evicted) {
        evictions.inc(evicted);
        modelsInMemory = cache.size();
        bytesInMemory = cache.bytes();
    }

    void written(int models, long millis) {
        modelsWritten = models;
        millisWriting = millis;
    }

    /** Bytes of models and training steps at the last count. */
    long bytes() {
        return bytesInMemory;
    }

    /** Number of models loaded. */
    long loads() {
        return loads.getCount();
    }

    /** Number of records processed without loading their model. */
    long deferrals() {
        return deferred.getCount();
    }
}
