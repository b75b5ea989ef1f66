package org.silhouettes.experiments.run;

import java.io.PrintWriter;
import java.util.Locale;

/** A {@link PhaseMatrix} as people read it. */
public final class PhaseTable {

    private static final int WIDTH = 12;
    private static final int NAME_WIDTH = 20;

    private PhaseTable() {}

    public static void print(PhaseMatrix matrix, PrintWriter out) {
        out.println("  after each phase (rows), on the test images of each phase (columns):");
        for (PhaseMatrix.Metric metric : PhaseMatrix.Metric.values()) {
            double[][] values = matrix.values(metric);
            out.println();
            StringBuilder head = new StringBuilder(cell(metric.label, -NAME_WIDTH));
            matrix.phases().forEach(phase -> head.append(cell(phase.name(), WIDTH)));
            out.println("  " + head);
            for (int i = 0; i < values.length; i++) {
                StringBuilder line = new StringBuilder(cell(matrix.rows().get(i).after(), -NAME_WIDTH));
                for (double value : values[i]) {
                    line.append(cell(number(value), WIDTH));
                }
                out.println("  " + line);
            }
            PhaseMatrix.Summary summary = matrix.summary(metric);
            out.println("  average " + number(summary.average()) + ", backward transfer "
                    + signed(summary.backwardTransfer()) + ", forgetting " + signed(summary.forgetting()));
        }
        out.println();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%+.4f", value);
    }

    /** A text in a column so wide, to the left where the width is negative; too long ones are cut. */
    private static String cell(String text, int width) {
        int most = Math.abs(width) - 1;
        String shown = text.length() > most ? text.substring(0, most - 1) + "…" : text;
        return String.format(Locale.ROOT, "%" + width + "s", shown);
    }
}
