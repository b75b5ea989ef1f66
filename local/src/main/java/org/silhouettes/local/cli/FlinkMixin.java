package org.silhouettes.local.cli;

import java.nio.file.Path;
import org.silhouettes.local.EmbeddedFlink;
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
            description = "Serve Flink's metrics to Prometheus on this port (default: not at all).")
    private Integer prometheusPort;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "Parallel subtasks (default: ${DEFAULT-VALUE}); one model never needs more than one.")
    private int slots;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep data, checkpoints and the log file here (default: a temporary folder).")
    private Path dataFolder;

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
