package org.silhouettes.experiments.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A Python script that is asked for one measurement at a time over its standard input, {@code STEP BATCH SECONDS}, and
 * answers by a line of JSON; it waits, and costs nothing, while others are measured.
 */
public final class Script implements Benchmark {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Map<Step, String> steps;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private Script(String name, Map<Step, String> steps, Process process) {
        this.name = name;
        this.steps = steps;
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a script by the first Python that can: {@code $PYTHON}, {@code python3}, {@code /usr/bin/python3}.
     *
     * @param steps what the script calls the steps it has
     * @param input folder with the input's files
     * @param notices told in one line which Python it is, or why none can
     * @return empty where none can
     */
    public static Optional<Script> start(
            String name, Path script, Map<Step, String> steps, Path input, Clock clock, Consumer<String> notices)
            throws IOException {
        List<String> reasons = new ArrayList<>();
        for (String python : interpreters()) {
            ProcessBuilder builder = new ProcessBuilder(
                    python, script.toString(), input.toString(), clock.name().toLowerCase(Locale.ROOT));
            builder.environment().put("OMP_NUM_THREADS", "1");
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            Path errors = input.resolve(name + ".err");
            builder.redirectError(errors.toFile());
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                reasons.add(python + " cannot be run: " + e.getMessage());
                continue;
            }
            Script started = new Script(name, steps, process);
            String hello = started.answers.readLine();
            if (hello != null) {
                notices.accept(name + " " + JSON.readTree(hello).path("version").asText() + " by " + python);
                return Optional.of(started);
            }
            started.close();
            reasons.add(lastLine(errors));
        }
        notices.accept(name + " is left out: " + String.join("; ", reasons));
        return Optional.empty();
    }

    private static Set<String> interpreters() {
        Set<String> all = new LinkedHashSet<>();
        String chosen = System.getenv("PYTHON");
        if (chosen != null && !chosen.isBlank()) {
            all.add(chosen);
        }
        all.add("python3");
        all.add("/usr/bin/python3");
        return all;
    }

    private static String lastLine(Path file) throws IOException {
        String text = Files.readString(file).strip();
        return text.isEmpty() ? "it said nothing" : text.substring(text.lastIndexOf('\n') + 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean takesPart(Step step) {
        return steps.containsKey(step);
    }

    @Override
    public double imagesPerSecond(Step step, int batch, double seconds) throws IOException {
        requests.write(steps.get(step) + " " + batch + " " + seconds + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(name + " ended while it was timed at " + step.key() + ", batch " + batch);
        }
        JsonNode json = JSON.readTree(answer);
        return json.get("imagesPerSecond").doubleValue();
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
