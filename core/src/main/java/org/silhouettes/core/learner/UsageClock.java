package org.silhouettes.core.learner;

import java.util.function.LongSupplier;

/** Logical clock that orders uses: every reading is larger than the one before. Not thread-safe. */
public final class UsageClock implements LongSupplier {

    private long uses;

    @Override
    public long getAsLong() {
        return ++uses;
    }
}
