package org.silhouettes.savepoints;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/** Lets a source's subtask emit the given number of records and then wait for good, without keeping a savepoint from being taken. */
final class HaltAfter implements RateLimiter<NumberSequenceSplit> {

    private int left;

    HaltAfter(int records) {
        left = records;
    }

    @Override
    public CompletionStage<Void> acquire(int records) {
        left -= records;
        return left >= 0 ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }
}
