package org.silhouettes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.apache.flink.api.common.JobID;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.JobMonitor;
import picocli.CommandLine.Option;

/** Ports and folders of the embedded Flink. */
final class FlinkMixin {

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of Flink's page (default: a free one).")
    private int flinkPort;

    @Option(
            names = "--prometheus-port",
            paramLabel = "PORT",
            description = "Serve Flink's metrics to Prometheus on this port of the loopback address (default: off).")
    private Integer prometheusPort;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "Parallel subtasks (default: ${DEFAULT-VALUE}); one model uses only one of them.")
    private int slots;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep data, checkpoints and the log file here (default: a temporary folder).")
    private Path dataFolder;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            defaultValue = "20",
            description = "End after N failures of the job without a completed checkpoint in between (default:"
                    + " ${DEFAULT-VALUE}); 0 for never. Failures because a broker does not answer do not count.")
    private int maxFailures;

    /** Follows a job and reports its failures on the terminal. */
    JobMonitor monitor(EmbeddedFlink flink, JobID job, PrintWriter err) {
        return new JobMonitor(flink, job, maxFailures, line -> {
            err.println("silhouettes: " + line);
            err.flush();
        });
    }

    /** @throws UsageException where a number is out of its range */
    void check() {
        if (maxFailures < 0) {
            throw new UsageException("--max-failures must be at least 0, got " + maxFailures);
        }
    }

    /** The user's folder, or null. */
    Path dataFolder() {
        return dataFolder;
    }

    int slots() {
        return slots;
    }

    EmbeddedFlink.Settings flink(Workspace workspace) {
        return UsageException.orUsage(() -> {
            EmbeddedFlink.Settings settings = EmbeddedFlink.Settings.defaults()
                    .withPort(flinkPort)
                    .withSlots(slots)
                    .withDataFolder(workspace.folder("flink"));
            return prometheusPort == null ? settings : settings.withPrometheusPort(prometheusPort);
        });
    }
}
