package org.silhouettes.savepoints;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointException;
import org.apache.flink.runtime.checkpoint.CheckpointFailureReason;
import org.apache.flink.util.ExceptionUtils;
import org.awaitility.Awaitility;

/** Stops a job with a savepoint as soon as Flink takes one: while some subtask still starts, it refuses. */
public final class SavepointStop {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private SavepointStop() {}

    /** The savepoint's folder, below the given one. */
    public static Path of(JobClient job, Path folder, SavepointFormatType format) {
        return Awaitility.await("all subtasks running, so that a savepoint is taken")
                .atMost(PATIENCE)
                .ignoreExceptionsMatching(SavepointStop::notAllRunning)
                .until(() -> taken(job, folder, format), path -> true);
    }

    private static Path taken(JobClient job, Path folder, SavepointFormatType format)
            throws ExecutionException, InterruptedException {
        return Path.of(URI.create(
                job.stopWithSavepoint(false, folder.toUri().toString(), format).get()));
    }

    private static boolean notAllRunning(Throwable failure) {
        return ExceptionUtils.findThrowable(failure, CheckpointException.class)
                .filter(cause ->
                        cause.getCheckpointFailureReason() == CheckpointFailureReason.NOT_ALL_REQUIRED_TASKS_RUNNING)
                .isPresent();
    }
}
