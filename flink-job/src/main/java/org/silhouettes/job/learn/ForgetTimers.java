package org.silhouettes.job.learn;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Timers that remove models without images, one per model. All methods but the first two refer to the current key.
 *
 * <p>Time is the running time of the job: while a job is down, no time passes. The time of a model's last image is stored with a
 * precision of a tenth of {@code models.expire-after}, so few images write state and only a model's first image sets a timer. A
 * model is removed between 1 and 1.1 times {@code models.expire-after} after its last image.
 */
final class ForgetTimers implements Triggerable<String, VoidNamespace> {

    private static final String TIMERS = "forget-timers";
    private static final String RUNNING_TIME = "running-time";

    private final long after;
    private final long grain;
    private final FlushTimers.Action action;
    private final ValueState<Long> lastImage;
    private final ValueState<Long> due;
    /** Null if the feature is disabled. */
    private final ListState<Long> clock;
    /** Running time of the job at the savepoint; empty if the feature was disabled then. */
    private final OptionalLong restored;

    private InternalTimerService<VoidNamespace> timers;
    private long startedAt;

    /** @param after running time since a model's last image; zero disables the feature */
    ForgetTimers(StateInitializationContext context, Duration after, FlushTimers.Action action) throws Exception {
        this.after = after.toMillis();
        this.grain = Math.max(1, this.after / 10);
        this.action = action;
        this.lastImage = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("last-image", Types.LONG));
        this.due = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("forget-due", Types.LONG));
        OperatorStateStore store = context.getOperatorStateStore();
        ListStateDescriptor<Long> runningTime = new ListStateDescriptor<>(RUNNING_TIME, Types.LONG);
        OptionalLong latest = OptionalLong.empty();
        if (after.isZero()) {
            this.clock = null;
            if (store.getRegisteredStateNames().contains(RUNNING_TIME)) {
                // image times are no longer stored; with the clock, the next restore would trust old ones
                store.getUnionListState(runningTime).clear();
            }
        } else {
            this.clock = store.getUnionListState(runningTime);
            for (long time : clock.get()) {
                latest = OptionalLong.of(Math.max(time, latest.orElse(0)));
            }
        }
        this.restored = latest;
    }

    /** Sets timers for all models of a savepoint that has none, as if each got an image now. */
    void open(AbstractStreamOperator<?> operator, KeyedStateBackend<String> backend, boolean isRestored)
            throws Exception {
        timers = operator.getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        startedAt = timers.currentProcessingTime();
        if (after > 0 && isRestored && restored.isEmpty()) {
            try (Stream<String> models = StoredModels.names(backend)) {
                for (String model : (Iterable<String>) models::iterator) {
                    backend.setCurrentKey(model);
                    begin();
                }
            }
        }
    }

    void snapshot() throws Exception {
        if (clock != null) {
            clock.update(List.of(now()));
        }
    }

    /** Records an image that the model accepted. */
    void image() throws Exception {
        if (after == 0) {
            return;
        }
        Long last = lastImage.value();
        if (last == null) {
            begin();
        } else if (now() - last >= grain) {
            lastImage.update(now());
        }
    }

    /** Removes the timer of a model that is removed. */
    void cancel() throws Exception {
        Long time = due.value();
        if (time != null) {
            timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, time);
        }
        lastImage.clear();
        due.clear();
    }

    private void begin() throws Exception {
        lastImage.update(now());
        if (due.value() == null) {
            setTimer(after + grain);
        }
    }

    private void setTimer(long millis) throws Exception {
        long time = timers.currentProcessingTime() + millis;
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, time);
        due.update(time);
    }

    /** Running time of the job, milliseconds. */
    private long now() {
        return restored.orElse(0) + timers.currentProcessingTime() - startedAt;
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        Long time = due.value();
        if (time == null || time != timer.getTimestamp()) {
            return;
        }
        Long last = lastImage.value();
        if (after == 0 || last == null) {
            lastImage.clear();
            due.clear();
            return;
        }
        long left = last + after + grain - now();
        if (left > 0) {
            setTimer(left);
        } else {
            action.run(timer.getKey());
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no event-time timer is ever set");
    }
}
