package org.silhouettes.core.learner;

import java.util.function.LongSupplier;

/** Counts uses, so that it can be told of two things which was used last. Not thread-safe. */
public final class UsageClock implements LongSupplier {

    private long uses;

    @Override
    public long getAsLong() {
        return ++uses;
    }
}
