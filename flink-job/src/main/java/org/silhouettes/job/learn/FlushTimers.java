package org.silhouettes.job.learn;

import java.time.Duration;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/** Timers that flush partly filled mini-batches, one per model. Methods refer to the current key. */
final class FlushTimers implements Triggerable<String, VoidNamespace> {

    private static final String TIMERS = "flush-timers";

    private final Duration after;
    private final Action action;
    private final ValueState<Long> due;
    private InternalTimerService<VoidNamespace> timers;

    /** Runs when a timer fires. */
    interface Action {
        void run(String model) throws Exception;
    }

    /** @param after time from the first image of a mini-batch to its flush; zero sets no timers */
    FlushTimers(KeyedStateStore store, Duration after, Action action) {
        this.after = after;
        this.action = action;
        this.due = store.getState(new ValueStateDescriptor<>("flush-due", Types.LONG));
    }

    void open(AbstractStreamOperator<?> operator) {
        timers = operator.getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
    }

    boolean off() {
        return after.isZero();
    }

    void start() throws Exception {
        long time = timers.currentProcessingTime() + after.toMillis();
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, time);
        due.update(time);
    }

    /** Removes the timer of a model that is removed. */
    void cancel() throws Exception {
        Long time = due.value();
        if (time != null) {
            timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, time);
            due.clear();
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Long time = due.value();
        // null in savepoints of releases that did not store the time
        if (time == null || time == timer.getTimestamp()) {
            due.clear();
            action.run(timer.getKey());
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no event-time timer is ever set");
    }
}
