package org.silhouettes.embedded;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.silhouettes.wire.kafka.Causes;

/**
 * Follows a running job, reports each of its failures with the cause, and gives up on a job that cannot recover.
 *
 * <p>A job gives up when it has failed the given number of times in a row without a completed checkpoint in between. Failures that
 * Kafka calls retriable, such as a broker that does not answer, do not count: they end when the broker is back. Not
 * thread-safe.
 */
public final class JobMonitor {

    private final EmbeddedFlink flink;
    private final JobID job;
    private final int maxFailures;
    private final Consumer<String> report;
    private long lastFailureMillis;
    private long checkpointsAtFailure = -1;
    private int failures;

    /**
     * @param maxFailures failures in a row after which the job is given up; 0 for never
     * @param report takes one line for each failure
     */
    public JobMonitor(EmbeddedFlink flink, JobID job, int maxFailures, Consumer<String> report) {
        if (maxFailures < 0) {
            throw new IllegalArgumentException("the number of failures must be at least 0, got " + maxFailures);
        }
        this.flink = flink;
        this.job = job;
        this.maxFailures = maxFailures;
        this.report = report;
    }

    /** Waits until the job ends, which is a failure, or until the thread is interrupted. */
    public void follow() throws InterruptedException {
        while (true) {
            check();
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /**
     * Looks at the job once.
     *
     * @throws IllegalStateException where the job has ended or is given up; the message says why
     */
    public void check() throws InterruptedException {
        if (flink.status(job).isGloballyTerminalState()) {
            throw LocalJob.failure(flink, job);
        }
        AccessExecutionGraph graph = flink.executionGraph(job);
        ErrorInfo error = graph.getFailureInfo();
        if (error == null || error.getTimestamp() <= lastFailureMillis) {
            return;
        }
        lastFailureMillis = error.getTimestamp();
        CheckpointStatsSnapshot checkpoints = graph.getCheckpointStatsSnapshot();
        long completed = checkpoints == null ? 0 : checkpoints.getCounts().getNumberOfCompletedCheckpoints();
        Throwable cause = error.getException().deserializeError(JobMonitor.class.getClassLoader());
        if (completed != checkpointsAtFailure) {
            failures = 0;
        }
        checkpointsAtFailure = completed;
        boolean counts = Causes.find(cause, RetriableException.class).isEmpty();
        failures += counts ? 1 : 0;
        String why = FailureText.of(cause);
        report.accept("the job failed and restarts: " + why
                + (counts && failures > 1 ? " (" + failures + " failures since the last completed checkpoint)" : ""));
        if (maxFailures > 0 && failures >= maxFailures) {
            flink.cancel(job);
            throw new IllegalStateException(
                    "the job failed " + failures + " times without a completed checkpoint in between, the last time: "
                            + why
                            + newest(checkpoints)
                                    .map(path -> ". Its newest checkpoint is " + path)
                                    .orElse(""),
                    cause);
        }
    }

    private static Optional<String> newest(CheckpointStatsSnapshot checkpoints) {
        if (checkpoints == null) {
            return Optional.empty();
        }
        CompletedCheckpointStats completed = checkpoints.getHistory().getLatestCompletedCheckpoint();
        return Optional.ofNullable(completed).map(CompletedCheckpointStats::getExternalPath);
    }
}
