package org.silhouettes.producers.replay;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A stream that changes on purpose: phases, one after the other, and over again where it repeats.
 *
 * <p>As text it is a phase a line, or phases with semicolons between them:
 *
 * <pre>
 * # digits 0-4, then slowly 5-9 upside down, then all of them; twice
 * name=first   classes=0-4   images=30000
 * name=second  classes=5-9   images=30000  gradual=2000  rotate=180
 * name=all                   images=10000
 * repeat=2
 * </pre>
 *
 * <p>{@code classes} lists names and ranges of numbers, each with a weight where one is to come more often: {@code
 * classes=0-4*3,7}. The transforms are {@code invert}, {@code rotate=DEGREES}, {@code noise=DEVIATION}, {@code
 * blur=PIXELS} and {@code permute=SEED}, done in the order in which they stand.
 *
 * @param repeat how often all phases come, or {@link ReplayOptions#ENDLESS}
 */
public record DriftPlan(List<Phase> phases, long repeat) {

    private static final int MAX_BYTES = 1 << 20;

    public DriftPlan {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new IllegalArgumentException("plan has no phase: give at least one, such as classes=0-4 images=1000");
        }
        if (repeat < 1) {
            throw new IllegalArgumentException("plan repeat is " + repeat + ", it must be at least 1, or endless");
        }
    }

    /** @throws IllegalArgumentException naming the phase, the word, the rule and the remedy */
    public static DriftPlan parse(String text) {
        return PlanText.parse(text);
    }

    /** Reads a plan's text from the file of that name, or takes it for the text itself where it has an equals sign. */
    public static DriftPlan of(String fileOrText) throws IOException {
        if (fileOrText.contains("=")) {
            return parse(fileOrText);
        }
        Path file = Path.of(fileOrText);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " has " + Files.size(file) + " bytes, a plan has at most " + MAX_BYTES);
        }
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text in UTF-8, as a plan is", e);
        }
    }

    /** Images of all phases, once. */
    public long images() {
        return phases.stream().mapToLong(Phase::images).reduce(0, Math::addExact);
    }
}
