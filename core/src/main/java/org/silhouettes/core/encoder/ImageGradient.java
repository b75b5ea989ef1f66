package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.RowAccumulator;
import org.silhouettes.linalg.SparseVector;

/**
 * The layers backwards, for one image at a time. From the gradient dx at the codes,
 *
 * <pre>
 *   dx_k = carry + (1 + μ_k) dz,  carry = −μ_{k+1} dz⁺      du = backward of the shrinkage where the group was on, else 0
 *   dc  += τ du                                             dz = du − τ du G
 * </pre>
 *
 * <p>and the trace is left with −τ du, which the gradient at G is made of. dz is only made at the groups where the two layers
 * before were on: elsewhere nobody asks for it.
 */
final class ImageGradient {

    private static final Kernels KERNELS = Kernels.best();

    private final int groups;
    private final int groupSize;
    private final int layers;
    private final boolean blocks;
    private final GroupShrinkage shrinkage;
    private final float[] momentum;
    private final SparseVector support;
    private final float[] dx;
    /** du, zero at silent groups. */
    private final float[] du;

    private final boolean[] wanted;
    private final int[] asked;
    private float[] dz;
    private float[] dzAfter;

    ImageGradient(DictionaryShape shape, EncoderSettings settings) {
        int atoms = shape.atoms();
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.layers = settings.layers();
        this.blocks = Gram.hasBlocks(shape);
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), groupSize);
        this.momentum = Momentum.of(settings);
        this.support = new SparseVector(atoms);
        this.dx = new float[atoms];
        this.du = new float[atoms];
        this.wanted = new boolean[groups];
        this.asked = new int[groups];
        this.dz = new float[atoms];
        this.dzAfter = new float[atoms];
    }

    /**
     * @param image its number in the trace
     * @param last gradient at the codes, [atoms]
     * @param dc gradient at c, [atoms] from {@code dcFrom} on; added to
     * @param threshold θ = λτ
     */
    void backward(
            RowAccumulator gram,
            ForwardTape trace,
            int image,
            float[] last,
            float[] dc,
            int dcFrom,
            float step,
            float threshold) {
        Arrays.fill(dz, 0);
        Arrays.fill(dzAfter, 0);
        for (int k = layers - 1; k >= 0; k--) {
            int entry = trace.entry(image, k);
            support.clear();
            for (int slot = trace.onBegin[entry]; slot < trace.onBegin[entry + 1]; slot++) {
                int at = trace.onGroup[slot] * groupSize;
                if (k < layers - 1) {
                    KERNELS.combine(1 + momentum[k], dz, at, -momentum[k + 1], dzAfter, at, dx, at, groupSize);
                }
                backward(trace, slot, threshold, k < layers - 1 ? dx : last, step);
                KERNELS.combine(1, dc, dcFrom + at, step, du, at, dc, dcFrom + at, groupSize);
            }
            float[] next = dzAfter;
            dzAfter = dz;
            dz = next;
            if (k > 0) {
                stateGradient(gram, trace, image, k);
            }
            for (int slot = trace.onBegin[entry]; slot < trace.onBegin[entry + 1]; slot++) {
                int at = trace.onGroup[slot] * groupSize;
                Arrays.fill(du, at, at + groupSize, 0);
            }
        }
    }

    /** Makes du of a group, lists −τ du for the product and leaves it in the trace. */
    private void backward(ForwardTape trace, int slot, float threshold, float[] gradient, float step) {
        int at = trace.onGroup[slot] * groupSize;
        int from = slot * groupSize;
        shrinkage.backwardInPlace(trace.on, from, trace.norms[slot], threshold, gradient, at);
        System.arraycopy(trace.on, from, du, at, groupSize);
        KERNELS.scale(trace.on, from, groupSize, -step);
        support.add(at, trace.on, from, groupSize);
    }

    /** dz ← du − τ du G, where it is asked for. */
    private void stateGradient(RowAccumulator gram, ForwardTape trace, int image, int k) {
        if (!blocks) {
            gram.sum(support, 1, du, 0, dz, 0);
            return;
        }
        Arrays.fill(wanted, false);
        want(trace, trace.entry(image, k - 1));
        if (k > 1) {
            want(trace, trace.entry(image, k - 2));
        }
        int count = 0;
        for (int g = 0; g < groups; g++) {
            if (wanted[g]) {
                asked[count++] = g;
            }
        }
        gram.sumBlocks(support, 1, asked, count, du, 0, dz, 0);
    }

    private void want(ForwardTape trace, int entry) {
        for (int slot = trace.onBegin[entry]; slot < trace.onBegin[entry + 1]; slot++) {
            wanted[trace.onGroup[slot]] = true;
        }
    }
}
