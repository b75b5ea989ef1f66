package org.silhouettes.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.silhouettes.producers.replay.DriftPlan;
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
            description = "Encoding of the images: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Encoding encoding;

    @Option(
            names = "--labels",
            paramLabel = "on|off|delayed:N",
            defaultValue = "on",
            description =
                    "Send labels with the images (on), not at all (off), or in separate records N images after their"
                            + " image (delayed:N); default: ${DEFAULT-VALUE}. Labels are used for statistics by class, not for"
                            + " learning.")
    private String labels;

    @Option(
            names = "--classes",
            paramLabel = "NAME",
            split = ",",
            description = "Stream only images of these classes, comma-separated.")
    private List<String> classes = new ArrayList<>();

    @Option(
            names = "--plan",
            paramLabel = "FILE|TEXT",
            description = {
                "A stream that changes: phases in a file, one per line, or as text with semicolons between them,"
                        + " such as \"classes=0-4 images=30000; classes=5-9 images=30000\".",
                "A phase has images=N and may have name=, classes=0-4*3,7 (weights behind *), gradual=N (images over"
                        + " which it replaces the one before), invert, rotate=DEGREES, noise=DEVIATION, blur=PIXELS, permute=SEED. A"
                        + " line repeat=N or repeat=endless repeats all phases."
            })
    private String plan;

    /** Sets what this mixin knows. */
    ReplayOptions.Builder apply(ReplayOptions.Builder replay) {
        ReplayOptions.Builder applied = replay.encoding(encoding)
                .labels(UsageException.orUsage(() -> Labels.parse(labels)))
                .classes(classes);
        return plan == null ? applied : applied.plan(readPlan());
    }

    private DriftPlan readPlan() {
        try {
            return DriftPlan.of(plan);
        } catch (IOException e) {
            throw new UsageException(new IllegalArgumentException("option plan cannot be read: " + e, e));
        }
    }

    /** Whether a plan decides which images come when. */
    boolean planned() {
        return plan != null;
    }

    /** @param rate images per second, or null for as fast as Kafka takes them */
    static Pacing pacing(Double rate) {
        return rate == null ? new Pacing.Unlimited() : UsageException.orUsage(() -> new Pacing.Rate(rate));
    }
}
