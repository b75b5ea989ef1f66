package org.silhouettes.job.restore;

import java.io.IOException;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.execution.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that a running task's checkpoints go to.
 *
 * @param path value of {@code execution.checkpointing.dir}, or null where checkpoints go to no folder
 * @param job id of the running job
 */
public record CheckpointFolder(String path, String job) {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

    /** The job's own setting, else the cluster's. */
    public static CheckpointFolder of(Environment task) {
        String path = task.getJobConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .orElseGet(() ->
                        task.getTaskManagerInfo().getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
        return new CheckpointFolder(path, task.getJobID().toHexString());
    }

    /** The newest complete checkpoint of another job in it; empty where there is none or it cannot be read. */
    public Optional<String> newest() {
        if (path == null) {
            return Optional.empty();
        }
        try {
            return NewestCheckpoint.in(path, job);
        } catch (IOException | RuntimeException e) {
            LOG.warn("could not look for checkpoints in {}: {}", path, e.toString());
            return Optional.empty();
        }
    }
}
