package org.silhouettes.faults;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waiting for conditions, bounded; an exception meanwhile counts as not yet, an error ends it. */
final class Await {

    private static final Duration POLL = Duration.ofMillis(50);

    private Await() {}

    /**
     * Waits until the condition holds.
     *
     * @param context told when it did not hold in time: logs, states
     */
    static void until(String what, Duration atMost, Supplier<String> context, Callable<Boolean> condition) {
        try {
            Awaitility.await(what)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .atMost(atMost)
                    .ignoreExceptionsMatching(e -> e instanceof Exception)
                    .until(condition);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": not within " + atMost + "\n" + context.get(), e);
        }
    }

    /** Lets that time go by; for faults that strike at a random moment. */
    static void elapse(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(time.plusSeconds(60))
                .until(() -> System.nanoTime() >= end);
    }
}
