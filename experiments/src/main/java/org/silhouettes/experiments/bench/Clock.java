package org.silhouettes.experiments.bench;

import java.lang.management.ManagementFactory;

/** What a second is. Everything timed runs on one thread, so on an idle machine both say the same. */
public enum Clock {
    /** Processor seconds of the thread at work: what else the machine does distorts little. */
    CPU {
        @Override
        long nanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    },
    /** Seconds on the wall. */
    WALL {
        @Override
        long nanos() {
            return System.nanoTime();
        }
    };

    abstract long nanos();
}
