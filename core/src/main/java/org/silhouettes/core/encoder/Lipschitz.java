package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.state.LipschitzEstimate;
import org.silhouettes.linalg.RowAccumulator;
import org.silhouettes.linalg.SparseVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Estimates the Lipschitz constant L of a dictionary, the largest eigenvalue of G = WWᵀ, by power iteration, and the step τ that
 * it allows. The iteration is warm-started from the model's vector: a few iterations per update follow a slowly changing
 * dictionary, and more run while L still rises. It runs once per version of the dictionary.
 */
public final class Lipschitz {

    /** Steps are at most 1/(MARGIN · L), because the power iteration approaches L from below. */
    static final double MARGIN = 1.05;

    private static final Logger LOG = LoggerFactory.getLogger(Lipschitz.class);
    private static final int COLD_ITERATIONS = 60;
    private static final int WARM_ITERATIONS = 3;
    private static final int MAX_ITERATIONS = 200;
    private static final double STILL_RISING = 1.0001;

    private final float[] product;
    private final float[] zeros;
    private final SparseVector rows;

    public Lipschitz(int atoms) {
        this.product = new float[atoms];
        this.zeros = new float[atoms];
        this.rows = new SparseVector(atoms);
    }

    /**
     * The step τ of a layer.
     *
     * @param gram the dictionary's G, [atoms, atoms]
     * @param estimate of L, part of the model's state; updated
     */
    public double step(
            EncoderSettings settings, Dictionary dictionary, RowAccumulator gram, LipschitzEstimate estimate) {
        double longest = 1 / (MARGIN * constant(dictionary.version(), gram, estimate));
        if (settings.stepRule() == StepRule.LIPSCHITZ) {
            // a dictionary of zeros has L = 0: its codes are zero with any step
            return Double.isInfinite(longest) ? settings.step() : longest;
        }
        if (settings.step() > longest && !estimate.clampReported()) {
            estimate.reportClamp();
            LOG.warn(
                    "step {} is above 1/({} L) with L = {} at version {} of a dictionary of {}: clamped to {}; later"
                            + " clamps are not logged",
                    settings.step(),
                    MARGIN,
                    estimate.constant(),
                    dictionary.version(),
                    dictionary.shape(),
                    longest);
        }
        return Math.min(settings.step(), longest);
    }

    private double constant(long version, RowAccumulator gram, LipschitzEstimate estimate) {
        if (estimate.version() != version) {
            estimate.set((float) iterate(gram, estimate.vector(product.length)), version);
        }
        return estimate.constant();
    }

    private double iterate(RowAccumulator gram, float[] vector) {
        boolean cold = true;
        for (float v : vector) {
            cold &= v == 0;
        }
        if (cold) {
            Arrays.fill(vector, (float) (1 / Math.sqrt(vector.length)));
            // not constant, so that it is not orthogonal to the eigenvector of a symmetric dictionary
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= 1 + 0.1f * ((i * 37) % 19 - 9) / 9f;
            }
        }
        double norm = 0;
        double before = 0;
        int minIterations = cold ? COLD_ITERATIONS : WARM_ITERATIONS;
        // after a large change, such as the first alternating update, a few iterations are not enough
        for (int i = 0; i < minIterations || (i < MAX_ITERATIONS && norm > before * STILL_RISING); i++) {
            before = norm;
            norm = iterateOnce(gram, vector);
        }
        return norm;
    }

    /** v ← Gv/‖Gv‖; returns ‖Gv‖, which is L at the eigenvector. G is symmetric, so its rows serve as columns. */
    private double iterateOnce(RowAccumulator gram, float[] vector) {
        double before = Math.sqrt(squares(vector));
        rows.clear();
        rows.add(0, vector, 0, vector.length);
        gram.sum(rows, 1, zeros, 0, product, 0);
        double norm = Math.sqrt(squares(product));
        if (norm > 0) {
            float scale = (float) (1 / norm);
            for (int i = 0; i < vector.length; i++) {
                vector[i] = product[i] * scale;
            }
        }
        return norm / before;
    }

    private static double squares(float[] x) {
        double sum = 0;
        for (float v : x) {
            sum += (double) v * v;
        }
        return sum;
    }
}
