package org.silhouettes.producers.replay;

import java.util.concurrent.locks.LockSupport;

/** Elapsed time and waiting, so that tests can play with both. */
public interface Ticker {

    /** Nanoseconds since some moment; only differences mean anything. */
    long nanos();

    /** Waits about as long; may return early. */
    void sleep(long nanos);

    /** The machine's. */
    static Ticker system() {
        return new Ticker() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(long nanos) {
                LockSupport.parkNanos(nanos);
            }
        };
    }
}
