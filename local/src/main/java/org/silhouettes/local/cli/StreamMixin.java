package org.silhouettes.local.cli;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.producers.replay.Encoding;
import org.silhouettes.producers.replay.Labels;
import org.silhouettes.producers.replay.Pacing;
import org.silhouettes.producers.replay.ReplayOptions;
import picocli.CommandLine.Option;

/** How images are encoded, labelled and paced; the same for every command that streams. */
final class StreamMixin {

    @Option(
            names = "--encoding",
            paramLabel = "KIND",
            defaultValue = "RAW",
            description = "How images travel: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Encoding encoding;

    @Option(names = "--no-labels", description = "Send no labels: learning never needs them, statistics by class do.")
    private boolean noLabels;

    @Option(
            names = "--classes",
            paramLabel = "NAME",
            split = ",",
            description = "Stream images of these classes only, comma-separated.")
    private List<String> classes = new ArrayList<>();

    /** Sets what this mixin knows. */
    ReplayOptions.Builder apply(ReplayOptions.Builder replay) {
        return replay.encoding(encoding)
                .labels(noLabels ? Labels.OFF : Labels.ON)
                .classes(classes);
    }

    boolean labelled() {
        return !noLabels;
    }

    /** @param rate images per second, or null for as fast as Kafka takes them */
    static Pacing pacing(Double rate) {
        return rate == null ? new Pacing.Unlimited() : UsageException.orUsage(() -> new Pacing.Rate(rate));
    }
}
