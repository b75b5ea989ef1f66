package org.silhouettes.experiments.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outcomes of a study as tables, which are Markdown, and as JSON.
 *
 * @param steady what came of streams that do not change, may be none
 */
public record DriftReport(DriftStudy study, List<DriftStudy.Outcome> outcomes, List<SteadyStream.Outcome> steady) {

    public DriftReport {
        outcomes = List.copyOf(outcomes);
        steady = List.copyOf(steady);
    }

    /** Prints the tables. */
    public void print(PrintWriter out) {
        detections(out);
        errors(out);
        if (!steady.isEmpty()) {
            falseAlarms(out);
        }
        out.flush();
    }

    private void detections(PrintWriter out) {
        StandardPlan plan = study.plan();
        out.println();
        out.println(
                "Seen: images after the change, median (least - most), in how many of the seeds; false alarms in the "
                        + plan.old() + " images before it, all seeds together.");
        out.println();
        row(out, "learner", "action", "signal", "old to new", "new to all", "false alarms");
        row(out, "---", "---", "---", "---", "---", "---");
        for (DriftStudy.Outcome outcome : outcomes) {
            for (String signal : DriftStudy.SIGNALS) {
                row(
                        out,
                        outcome.tried().learner(),
                        outcome.tried().action(),
                        signal,
                        text(outcome.first().get(signal)),
                        text(outcome.second().get(signal)),
                        Long.toString(outcome.falseAlarms().get(signal)));
            }
        }
        out.println();
    }

    private void errors(PrintWriter out) {
        out.println("Test error of old / new classes, mean over the seeds, by the number of updates after the change:");
        out.println();
        List<String> head = new ArrayList<>(List.of("learner", "action"));
        head.addAll(study.moments());
        row(out, head.toArray(String[]::new));
        row(out, head.stream().map(any -> "---").toArray(String[]::new));
        for (DriftStudy.Outcome outcome : outcomes) {
            List<String> cells = new ArrayList<>(
                    List.of(outcome.tried().learner(), outcome.tried().action()));
            outcome.errors()
                    .values()
                    .forEach(errors -> cells.add(error(errors.old()) + " / " + error(errors.changed())));
            row(out, cells.toArray(String[]::new));
        }
        out.println();
    }

    private void falseAlarms(PrintWriter out) {
        out.println("Alarms in " + SteadyStream.PER + " images of streams that do not change, all seeds together:");
        out.println();
        List<String> head = new ArrayList<>(List.of("stream", "images"));
        head.addAll(DriftStudy.SIGNALS);
        row(out, head.toArray(String[]::new));
        row(out, head.stream().map(any -> "---").toArray(String[]::new));
        for (SteadyStream.Outcome outcome : steady) {
            List<String> cells = new ArrayList<>(List.of(outcome.name(), Long.toString(outcome.images())));
            DriftStudy.SIGNALS.forEach(signal -> cells.add(String.format(
                    Locale.ROOT,
                    "%.3f (%d)",
                    outcome.rate(signal),
                    outcome.alarms().get(signal))));
            row(out, cells.toArray(String[]::new));
        }
        out.println();
    }

    private static void row(PrintWriter out, String... cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    private static String text(DriftStudy.Detection detection) {
        long[] delays = detection.delays();
        String of = delays.length + " of " + detection.seeds();
        return delays.length == 0
                ? of
                : String.format(
                        Locale.ROOT,
                        "%.0f (%d - %d), %s",
                        detection.median().orElseThrow(),
                        delays[0],
                        delays[delays.length - 1],
                        of);
    }

    /** An error without the zero before its point. */
    private static String error(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceFirst("^0", "");
    }

    /** Writes all of it. */
    public void write(String dataset, int seeds, Path file) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("dataset", dataset);
        root.put("seeds", seeds);
        root.put("plan", study.plan());
        List<Object> cases = new ArrayList<>();
        for (DriftStudy.Outcome outcome : outcomes) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("learner", outcome.tried().learner());
            fields.put("action", outcome.tried().action());
            fields.put("delaysOldToNew", delays(outcome.first()));
            fields.put("delaysNewToAll", delays(outcome.second()));
            fields.put("falseAlarms", outcome.falseAlarms());
            fields.put("testErrors", outcome.errors());
            cases.add(fields);
        }
        root.put("cases", cases);
        root.put("steady", steady);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), root);
    }

    private static Map<String, long[]> delays(Map<String, DriftStudy.Detection> detections) {
        Map<String, long[]> delays = new LinkedHashMap<>();
        detections.forEach((signal, detection) -> delays.put(signal, detection.delays()));
        return delays;
    }
}
