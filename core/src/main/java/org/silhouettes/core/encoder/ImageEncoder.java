package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Kernels;
import org.silhouettes.core.linalg.WeightedRows;

/**
 * All layers of the unrolled encoder for one image at a time, so that all it touches often stays in the first-level cache:
 *
 * <pre>
 *   z  = (1 + μ) x − μ x⁻      u  = z + τ (c − zG)      x⁺ = shrink_{λτ}(u)
 * </pre>
 *
 * <p>Of zG, the rows of the groups that are on in z are added up, and only in the columns of groups that may be on in x⁺, which
 * {@link Screening} tells. Groups that are too small for that are taken all together.
 */
final class ImageEncoder {

    private static final Kernels KERNELS = Kernels.best();

    private final int groups;
    private final int groupSize;
    private final int layers;
    private final GroupShrinkage shrinkage;
    private final Screening screening;
    private final boolean whole;
    private final float[] momentum;
    private final WeightedRows support;
    private final float[] u;
    private final float[] z;
    private final boolean[] zOn;
    private final float[] residual;
    private final float[] squares;
    /** Groups whose u_g is made in this layer. */
    private final int[] asked;

    private Code code;
    private Code before;

    /** What a layer leaves: x, and which groups of it are on. */
    private static final class Code {
        final float[] x;
        final boolean[] on;

        Code(int groups, int atoms) {
            this.x = new float[atoms];
            this.on = new boolean[groups];
        }

        void clear() {
            Arrays.fill(x, 0);
            Arrays.fill(on, false);
        }
    }

    ImageEncoder(DictionaryShape shape, EncoderSettings settings) {
        int atoms = shape.atoms();
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.layers = settings.layers();
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), groupSize);
        this.screening = new Screening(groups);
        this.whole = groupSize < Gram.SMALLEST_BLOCK;
        this.momentum = Momentum.of(settings);
        this.support = new WeightedRows(atoms);
        this.u = new float[atoms];
        this.z = new float[atoms];
        this.zOn = new boolean[groups];
        this.residual = new float[atoms];
        this.squares = new float[groups];
        this.asked = new int[groups];
        this.code = new Code(groups, atoms);
        this.before = new Code(groups, atoms);
    }

    /**
     * Encodes the image whose correlations c, [atoms], start at {@code from}; what the other methods give holds until the next.
     *
     * @param threshold θ = λτ
     * @param trace where the layers are recorded, or null
     */
    void encode(Gram gram, float[] correlations, int from, float step, float threshold, Trace trace) {
        code.clear();
        before.clear();
        Arrays.fill(z, 0);
        Arrays.fill(zOn, false);
        if (!whole) {
            screening.start(gram.blockNorms(), step, threshold);
        }
        for (int k = 0; k < layers; k++) {
            int count = groups;
            if (k == 0) {
                KERNELS.combine(step, correlations, from, 0, correlations, from, u, 0, u.length);
            } else if (whole) {
                mixWhole(momentum[k - 1], trace);
                gram.rows().sum(support, -1, correlations, from, residual, 0);
                KERNELS.addScaled(z, step, residual, u, 0, u.length);
            } else {
                mix(momentum[k - 1], trace);
                count = ask();
                gram.rows().sumBlocks(support, -1, asked, count, correlations, from, residual, 0);
                for (int i = 0; i < count; i++) {
                    int at = asked[i] * groupSize;
                    squares[asked[i]] = KERNELS.addScaled(z, step, residual, u, at, groupSize);
                }
            }
            if (k == 0 || whole) {
                askAll();
                KERNELS.groupSquares(u, groups, groupSize, false, squares);
            }
            Code next = before;
            before = code;
            code = next;
            shrink(count, threshold, trace);
            if (trace != null) {
                trace.endLayer();
            }
        }
    }

    /** z ← (1 + μ) x − μ x⁻, and its support. */
    private void mix(float mu, Trace trace) {
        support.clear();
        for (int g = 0, at = 0; g < groups; g++, at += groupSize) {
            if (code.on[g] || (mu != 0 && before.on[g])) {
                screening.moved(g, KERNELS.extrapolate(1 + mu, code.x, -mu, before.x, z, at, groupSize));
                support.add(at, z, at, groupSize);
                zOn[g] = true;
                if (trace != null) {
                    trace.state(g, z, at);
                }
            } else if (zOn[g]) {
                screening.moved(g, KERNELS.squares(z, at, groupSize));
                Arrays.fill(z, at, at + groupSize, 0);
                zOn[g] = false;
            }
        }
    }

    private void mixWhole(float mu, Trace trace) {
        KERNELS.extrapolate(1 + mu, code.x, -mu, before.x, z, 0, z.length);
        support.clear();
        support.add(0, z, 0, z.length);
        for (int g = 0; trace != null && g < groups; g++) {
            if (code.on[g] || (mu != 0 && before.on[g])) {
                trace.state(g, z, g * groupSize);
            }
        }
    }

    /** Lists the groups that may be on, and gives how many they are. */
    private int ask() {
        int count = 0;
        for (int g = 0; g < groups; g++) {
            if (zOn[g] || !screening.silent(g)) {
                asked[count++] = g;
            }
        }
        return count;
    }

    private void askAll() {
        for (int g = 0; g < groups; g++) {
            asked[g] = g;
        }
    }

    private void shrink(int count, float threshold, Trace trace) {
        float squaredThreshold = threshold * threshold;
        int i = 0;
        for (int g = 0, at = 0; g < groups; g++, at += groupSize) {
            boolean on = false;
            if (i < count && asked[i] == g) {
                i++;
                screening.made(g, squares[g]);
                float normed = shrinkage.squaredNorm(u, at, squares[g]);
                on = normed > squaredThreshold;
                if (on) {
                    float norm = (float) Math.sqrt(normed);
                    shrinkage.shrink(u, at, norm, threshold, code.x);
                    if (trace != null) {
                        trace.on(g, norm, u, at);
                    }
                }
            }
            if (code.on[g] && !on) {
                Arrays.fill(code.x, at, at + groupSize, 0);
            }
            code.on[g] = on;
        }
    }

    /** The code x, [atoms]; live. */
    float[] codes() {
        return code.x;
    }

    /** Whether group g of the code is on. */
    boolean on(int g) {
        return code.on[g];
    }

    /**
     * Lists the code's groups that are on.
     *
     * @return how many
     */
    int listOn(int[] out) {
        int count = 0;
        for (int g = 0; g < groups; g++) {
            if (code.on[g]) {
                out[count++] = g;
            }
        }
        return count;
    }

    /** The code as a sum of rows, of G or of W; until the next image. */
    WeightedRows support() {
        support.clear();
        for (int g = 0, at = 0; g < groups; g++, at += groupSize) {
            if (code.on[g]) {
                support.add(at, code.x, at, groupSize);
            }
        }
        return support;
    }
}
