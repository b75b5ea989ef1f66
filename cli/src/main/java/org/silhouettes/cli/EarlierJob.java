package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.silhouettes.job.restore.NewestCheckpoint;

/** The job that ran before in the same data folder. */
final class EarlierJob {

    /** The job's option for the checkpoint that it is restored from. */
    static final String RESTORE = "flink.execution.state-recovery.path";

    private EarlierJob() {}

    /**
     * The job's options with the newest checkpoint of an earlier job to restore, where there is one and the user has named
     * none.
     *
     * @param flink data folder of the embedded Flink
     */
    static Map<String, String> continued(Map<String, String> values, Path flink, PrintWriter out) throws IOException {
        if (values.containsKey(RESTORE)) {
            return values;
        }
        Optional<String> checkpoint =
                NewestCheckpoint.in(flink.resolve("checkpoints").toUri().toString(), "");
        if (checkpoint.isEmpty()) {
            return values;
        }
        out.println("continuing from checkpoint " + checkpoint.get());
        Map<String, String> continued = new HashMap<>(values);
        continued.put(RESTORE, checkpoint.get());
        return continued;
    }
}
