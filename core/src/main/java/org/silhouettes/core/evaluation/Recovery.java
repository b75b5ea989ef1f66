package org.silhouettes.core.evaluation;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;

/**
 * How much of a planted dictionary another one has found; both figures are 0 … 1, whatever the order, sign and scale of its
 * atoms.
 *
 * @param atoms mean over the planted atoms of the largest absolute cosine with any atom of the other
 * @param groups mean over the planted groups of the share of the group's span that the best group of the other contains:
 *     ‖Q_Tᵀ Q_S‖²_F / dim S for orthonormal bases of both, 1 where the span is contained, about dim T / values by chance.
 *     Codes of few groups tell a group's span; which atoms span it, they tell only where the codes are sparse within
 */
public record Recovery(double atoms, double groups) {

    /** Rows shorter than this, once the part along the earlier ones is taken away, span nothing new. */
    private static final double NOTHING = 1e-6;

    /**
     * Compares two dictionaries.
     *
     * @throws IllegalArgumentException where their atoms are images of other shapes
     */
    public static Recovery of(Dictionary planted, Dictionary other) {
        if (!other.shape().image().equals(planted.shape().image())) {
            throw new IllegalArgumentException("the dictionary has atoms of "
                    + other.shape().image() + ", the planted one of "
                    + planted.shape().image());
        }
        return new Recovery(atoms(planted, other), groups(planted, other));
    }

    private static double atoms(Dictionary planted, Dictionary other) {
        double[][] theirs = rows(other, 0, other.shape().atoms());
        for (double[] row : theirs) {
            scaleToUnit(row);
        }
        double sum = 0;
        for (double[] atom : rows(planted, 0, planted.shape().atoms())) {
            double best = 0;
            for (double[] row : theirs) {
                best = Math.max(best, Math.abs(product(atom, row)));
            }
            sum += best;
        }
        return sum / planted.shape().atoms();
    }

    private static double groups(Dictionary planted, Dictionary other) {
        double[][][] theirs = new double[other.shape().groups()][][];
        for (int h = 0; h < theirs.length; h++) {
            theirs[h] = basis(other, h);
        }
        double sum = 0;
        for (int g = 0; g < planted.shape().groups(); g++) {
            double[][] span = basis(planted, g);
            double best = 0;
            for (double[][] basis : theirs) {
                double contained = 0;
                for (double[] direction : span) {
                    for (double[] along : basis) {
                        double cosine = product(direction, along);
                        contained += cosine * cosine;
                    }
                }
                best = Math.max(best, contained / span.length);
            }
            sum += best;
        }
        return sum / planted.shape().groups();
    }

    /** An orthonormal basis of a group's span, by Gram and Schmidt, twice for the sake of rounding; [dim, values]. */
    private static double[][] basis(Dictionary dictionary, int group) {
        int size = dictionary.shape().groupSize();
        double[][] rows = rows(dictionary, group * size, size);
        int count = 0;
        for (double[] row : rows) {
            boolean spans = scaleToUnit(row);
            for (int pass = 0; pass < 2 && spans; pass++) {
                for (int k = 0; k < count; k++) {
                    double along = product(row, rows[k]);
                    for (int i = 0; i < row.length; i++) {
                        row[i] -= along * rows[k][i];
                    }
                }
                spans = scaleToUnit(row);
            }
            if (spans) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private static double[][] rows(Dictionary dictionary, int from, int count) {
        int values = dictionary.shape().values();
        double[][] rows = new double[count][values];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < values; i++) {
                rows[k][i] = dictionary.atoms()[(from + k) * values + i];
            }
        }
        return rows;
    }

    /** Returns false for a row of nothing, which stays as it is. */
    private static boolean scaleToUnit(double[] row) {
        double norm = Math.sqrt(product(row, row));
        for (int i = 0; norm > NOTHING && i < row.length; i++) {
            row[i] /= norm;
        }
        return norm > NOTHING;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
