package org.silhouettes.experiments.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as a table and as JSON: {@code {"encode": {"64": {"ours": …, "torch": …, "torchRatio": …}}}}. */
public final class BenchReport {

    private static final String OURS = "ours";

    private BenchReport() {}

    /** One line of the table: images per second, and in brackets how many times ours is faster. */
    public static String line(Bench.Result result) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%-12s %5d", result.step().key(), result.batch()));
        double ours = result.imagesPerSecond().get(OURS);
        result.imagesPerSecond().forEach((name, rate) -> {
            line.append(String.format(Locale.ROOT, "   %s %,.0f", name, rate));
            if (!name.equals(OURS)) {
                line.append(String.format(Locale.ROOT, " (x%.2f)", ours / rate));
            }
        });
        return line.toString();
    }

    /** What was timed and how. */
    public static void heading(BenchInput input, int rounds, double seconds, Clock clock, PrintWriter print) {
        print.printf(
                Locale.ROOT,
                "images per second on one thread, %s clock, median of %d alternating runs of %.2f s; %s, %s, %d layers,"
                        + " lambda %s, step %.4f: %.2f groups and %.0f units active%n",
                clock.name().toLowerCase(Locale.ROOT),
                rounds,
                seconds,
                input.source(),
                input.dictionary().shape(),
                input.encoder().layers(),
                input.encoder().lambda(),
                input.step(),
                input.activeGroups(),
                input.activeUnits());
        print.flush();
    }

    /** Writes the JSON file. */
    public static void write(BenchInput input, Clock clock, List<Bench.Result> results, Path file) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("unit", "images per second");
        root.put("clock", clock.name().toLowerCase(Locale.ROOT));
        root.put("images", input.source());
        root.put("dictionary", input.dictionary().shape().toString());
        root.put("activeGroups", input.activeGroups());
        root.put("activeUnits", input.activeUnits());
        for (Bench.Result result : results) {
            Map<String, Object> rates = new LinkedHashMap<>(result.imagesPerSecond());
            double ours = result.imagesPerSecond().get(OURS);
            result.imagesPerSecond().forEach((name, rate) -> {
                if (!name.equals(OURS)) {
                    rates.put(name + "Ratio", ours / rate);
                }
            });
            child(root, result.step().key()).put(Integer.toString(result.batch()), rates);
        }
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), root);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> root, String key) {
        return (Map<String, Object>) root.computeIfAbsent(key, k -> new LinkedHashMap<String, Object>());
    }
}
