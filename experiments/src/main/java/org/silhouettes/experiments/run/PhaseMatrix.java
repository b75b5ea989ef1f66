package org.silhouettes.experiments.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.silhouettes.core.evaluation.EncodedImage;
import org.silhouettes.core.evaluation.GroupClasses;
import org.silhouettes.core.evaluation.MutualInformation;
import org.silhouettes.producers.replay.Phase;
import org.silhouettes.producers.replay.Transform;

/**
 * What is known of each phase of a drift plan (columns) at the end of each phase (rows): the matrix R of continual
 * learning. A cell is taken on the phase's own test images, its classes as it transforms them, and what the groups stand
 * for is read off train images of the same kind.
 *
 * <p>Of each metric, with R[end] the last row, and j over the phases before the last:
 *
 * <ul>
 *   <li>average: mean of R[end];
 *   <li>backwardTransfer: mean of R[end][j] − R[j][j] (Lopez-Paz & Ranzato 2017, eq. 3), R[j][j] being right after the phase
 *       first was learned;
 *   <li>forgetting: mean of how much worse R[end][j] is than the best that was reached in column j since then (Chaudhry et
 *       al. 2018, eq. 3): positive where something was lost, of an error as of an accuracy.
 * </ul>
 */
public record PhaseMatrix(List<Column> phases, List<Row> rows) {

    /** The metrics of a cell. */
    enum Metric {
        MSE("mse", -1, Cell::mse),
        GROUP_ACCURACY("groupAccuracy", 1, Cell::groupAccuracy),
        NMI("nmi", 1, Cell::nmi);

        final String label;
        /** 1 where more is better, else −1. */
        final int better;

        private final ToDoubleFunction<Cell> value;

        Metric(String label, int better, ToDoubleFunction<Cell> value) {
            this.label = label;
            this.better = better;
            this.value = value;
        }
    }

    /** A phase as it is tested on. */
    record Column(String name, List<String> classes, List<String> transforms, long images, long testImages) {}

    /**
     * The end of a phase.
     *
     * @param images learned from until then
     * @param version of the dictionary
     * @param cells one a column
     */
    record Row(String after, int phase, long images, long version, List<Cell> cells) {}

    /** Metrics of one phase's test images by one dictionary; NaN where they cannot be taken. */
    record Cell(double mse, double groupAccuracy, double nmi) {

        static Cell of(List<EncodedImage> fit, List<EncodedImage> test) {
            List<EncodedImage> labelled =
                    test.stream().filter(image -> image.label() != null).toList();
            int groups = fit.isEmpty() ? 0 : fit.get(0).groupNorms().length;
            List<EncodedImage> labelledFit =
                    fit.stream().filter(image -> image.label() != null).toList();
            return new Cell(
                    test.stream().mapToDouble(EncodedImage::error).average().orElse(Double.NaN),
                    GroupClasses.of(labelledFit, groups).accuracy(labelled),
                    MutualInformation.ofStrongestGroup(labelled).orElse(Double.NaN));
        }
    }

    /** Summary of a metric, see above. */
    public record Summary(double average, double backwardTransfer, double forgetting) {}

    public PhaseMatrix {
        phases = List.copyOf(phases);
        rows = List.copyOf(rows);
    }

    /** The matrix of a run, from the codes that it made at the ends of its stages. */
    static PhaseMatrix of(RunPlan plan, EncodedImages codes) {
        List<Phase> phases = plan.phases();
        List<Row> rows = new ArrayList<>();
        for (int s = 0; s < plan.stages().size(); s++) {
            RunPlan.Stage stage = plan.stages().get(s);
            List<Cell> cells = new ArrayList<>();
            for (Phase phase : phases) {
                cells.add(Cell.of(
                        images(plan, codes, s, phase, EncodedImages.FIT),
                        images(plan, codes, s, phase, EncodedImages.TEST)));
            }
            rows.add(new Row(stage.name(), stage.phase(), stage.end(), codes.version(s), cells));
        }
        List<Column> columns = new ArrayList<>();
        for (Phase phase : phases) {
            columns.add(new Column(
                    phase.name(),
                    plan.train().classes().stream()
                            .filter(name -> shows(phase, name))
                            .toList(),
                    phase.transforms().stream().map(Transform::text).toList(),
                    phase.images(),
                    images(plan, codes, 0, phase, EncodedImages.TEST).size()));
        }
        return new PhaseMatrix(columns, rows);
    }

    private static List<EncodedImage> images(RunPlan plan, EncodedImages codes, int stage, Phase phase, String kind) {
        for (int v = 0; v < plan.views().size(); v++) {
            if (plan.views().get(v).transforms().equals(phase.transforms())) {
                return codes.of(stage, v, kind).stream()
                        .filter(image -> shows(phase, image.label()))
                        .toList();
            }
        }
        throw new IllegalStateException("no view shows phase " + phase.name());
    }

    private static boolean shows(Phase phase, String label) {
        return phase.classes().isEmpty() || label != null && phase.classes().containsKey(label);
    }

    /** R of a metric, [rows, phases]. */
    double[][] values(Metric metric) {
        return rows.stream()
                .map(row -> row.cells().stream().mapToDouble(metric.value).toArray())
                .toArray(double[][]::new);
    }

    /** Averages over the columns; NaN where there are none to average. */
    Summary summary(Metric metric) {
        double[][] r = values(metric);
        double[] end = r[r.length - 1];
        Set<Integer> seen = new HashSet<>();
        double transfer = 0;
        double forgotten = 0;
        int count = 0;
        for (int i = 0; i < r.length - 1; i++) {
            int j = rows.get(i).phase();
            if (j != rows.get(r.length - 1).phase() && seen.add(j)) {
                double best = metric.better * r[i][j];
                for (int later = i; later < r.length; later++) {
                    best = Math.max(best, metric.better * r[later][j]);
                }
                transfer += end[j] - r[i][j];
                forgotten += best - metric.better * end[j];
                count++;
            }
        }
        double average = Arrays.stream(end).average().orElse(Double.NaN);
        return count == 0
                ? new Summary(average, Double.NaN, Double.NaN)
                : new Summary(average, transfer / count, forgotten / count);
    }

    /** As {@code report.json} has it: phases, matrix, summary; what is not a number is null. */
    Map<String, Object> fields() {
        Map<String, Object> matrix = new LinkedHashMap<>();
        matrix.put("after", rows.stream().map(Row::after).toList());
        matrix.put("images", rows.stream().map(Row::images).toList());
        matrix.put("versions", rows.stream().map(Row::version).toList());
        Map<String, Object> summaries = new LinkedHashMap<>();
        for (Metric metric : Metric.values()) {
            matrix.put(
                    metric.label,
                    Arrays.stream(values(metric))
                            .map(row -> Arrays.stream(row)
                                    .mapToObj(PhaseMatrix::finite)
                                    .toArray())
                            .toList());
            Summary summary = summary(metric);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("average", finite(summary.average()));
            figures.put("backwardTransfer", finite(summary.backwardTransfer()));
            figures.put("forgetting", finite(summary.forgetting()));
            summaries.put(metric.label, figures);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("phases", phases);
        fields.put("matrix", matrix);
        fields.put("summary", summaries);
        return fields;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
