package org.silhouettes.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.silhouettes.core.evaluation.EvaluationReport;
import org.silhouettes.experiments.run.LearningState;
import org.silhouettes.experiments.run.PhaseTable;
import org.silhouettes.experiments.run.RunReport;

/** A run's report as people read it. */
final class RunTable {

    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("mse", "mean squared error on test images"),
            Map.entry("mseOfMean", "mse of the mean image"),
            Map.entry("objective", "error and penalty per image"),
            Map.entry("activeGroups", "groups in a code"),
            Map.entry("activeUnits", "units in a code"),
            Map.entry("silentImages", "share of zero codes"),
            Map.entry("groupAccuracy", "class given by the strongest group"),
            Map.entry("nmi", "strongest group and class"),
            Map.entry("classesCovered", "classes with a group"),
            Map.entry("distanceRatio", "between classes / within"),
            Map.entry("silhouetteScore", "of group norms by class"),
            Map.entry("knnAccuracy", "5 neighbours on group norms"),
            Map.entry("atomClassCorrelation", "atoms and class means"),
            Map.entry("blockCoherence", "between groups"),
            Map.entry("lipschitz", "largest eigenvalue of the Gram matrix"));

    private RunTable() {}

    static void print(RunReport report, PrintWriter out) {
        out.println();
        row(out, "images", Long.toString(report.images()), "learned from, " + report.updates() + " updates");
        row(out, "seconds", number(report.seconds()), "learning, through Kafka");
        row(out, "imagesPerSecond", String.format(Locale.ROOT, "%.0f", report.imagesPerSecond()), "");
        report.metrics()
                .values()
                .forEach((name, value) -> row(out, name, number(value), MEANINGS.getOrDefault(name, "")));
        report.state().ifPresent(state -> state(out, state, report.settings(), ""));
        for (RunReport.Channel channel : report.channels()) {
            EvaluationReport metrics = channel.metrics();
            row(
                    out,
                    "mse of a channel",
                    number(metrics.mse()),
                    channel.model() + ", its groupAccuracy " + number(metrics.groupAccuracy()));
            state(out, channel.state(), report.settings(), ", " + channel.model());
        }
        report.recovery().ifPresent(found -> {
            row(out, "recovery of atoms", number(found.atoms()), "best |cosine| of each planted atom");
            row(
                    out,
                    "recovery of groups",
                    number(found.groups()),
                    "share of each planted group's span in the best group");
        });
        if (report.rejected() > 0) {
            row(out, "rejected", Long.toString(report.rejected()), "records, see topic rejected");
        }
        if (!report.drifts().isEmpty()) {
            String versions = report.drifts().stream()
                    .map(drift -> drift.detector() + " at update " + drift.version()
                            + (report.channels().isEmpty() ? "" : " of " + drift.model()))
                    .collect(Collectors.joining(", "));
            row(out, "drifts", Integer.toString(report.drifts().size()), versions);
        }
        row(out, "dictionarySha256", report.dictionarySha256().substring(0, 16) + "…", "");
        out.println();
        report.phases().ifPresent(matrix -> PhaseTable.print(matrix, out));
    }

    /** What of it is not as the options say, or is worth a look. */
    private static void state(PrintWriter out, LearningState state, Map<String, String> options, String model) {
        if (options.get("encoder.step-rule").equals("clamped")
                && state.step() < Double.parseDouble(options.get("encoder.step"))) {
            row(out, "step", number(state.step()), "1/(1.05 L), as encoder.step is above it" + model);
        }
        if (state.lambda() < Double.parseDouble(options.get("encoder.lambda"))) {
            row(
                    out,
                    "lambda",
                    number(state.lambda()),
                    "growing back to encoder.lambda after an all-zero start" + model);
        }
        if (state.revivedAtoms() + state.revivedGroups() > 0) {
            row(
                    out,
                    "re-initialised",
                    Long.toString(state.revivedAtoms()),
                    "idle atoms, and " + state.revivedGroups() + " idle groups" + model);
        }
    }

    private static void row(PrintWriter out, String name, String value, String meaning) {
        out.println(String.format(Locale.ROOT, "  %-21s %12s  %s", name, value, meaning)
                .stripTrailing());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
