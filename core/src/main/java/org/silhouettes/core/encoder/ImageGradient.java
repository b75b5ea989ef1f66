package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.linalg.Kernels;
import org.silhouettes.linalg.RowAccumulator;
import org.silhouettes.linalg.SparseVector;

/**
 * The backward pass through the layers, one image at a time. From the gradient dx at the codes,
 *
 * <pre>
 *   dx_k = carry + (1 + μ_k) dz,  carry = −μ_{k+1} dz⁺      du = backward of the shrinkage in active groups, else 0
 *   dc  += τ du                                             dz = du − τ du G
 * </pre>
 *
 * <p>The tape is left with −τ du, from which the gradient at G follows. dz is computed only in the groups that are active in the
 * two layers before; it is not used elsewhere.
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
    /** du, zero in inactive groups. */
    private final float[] du;

    private final boolean[] required;
    private final int[] requiredGroups;
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
        this.required = new boolean[groups];
        this.requiredGroups = new int[groups];
        this.dz = new float[atoms];
        this.dzAfter = new float[atoms];
    }

    /**
     * @param image index on the tape
     * @param last gradient at the codes, [atoms]
     * @param dc gradient at c, [atoms] from {@code dcFrom} on; added to
     * @param threshold θ = λτ
     */
    void backward(
            RowAccumulator gram,
            ForwardTape tape,
            int image,
            float[] last,
            float[] dc,
            int dcFrom,
            float step,
            float threshold) {
        Arrays.fill(dz, 0);
        Arrays.fill(dzAfter, 0);
        for (int k = layers - 1; k >= 0; k--) {
            int entry = tape.entry(image, k);
            support.clear();
            for (int slot = tape.activeBegin[entry]; slot < tape.activeBegin[entry + 1]; slot++) {
                int at = tape.activeGroup[slot] * groupSize;
                if (k < layers - 1) {
                    KERNELS.combine(1 + momentum[k], dz, at, -momentum[k + 1], dzAfter, at, dx, at, groupSize);
                }
                backward(tape, slot, threshold, k < layers - 1 ? dx : last, step);
                KERNELS.combine(1, dc, dcFrom + at, step, du, at, dc, dcFrom + at, groupSize);
            }
            float[] next = dzAfter;
            dzAfter = dz;
            dz = next;
            if (k > 0) {
                stateGradient(gram, tape, image, k);
            }
            for (int slot = tape.activeBegin[entry]; slot < tape.activeBegin[entry + 1]; slot++) {
                int at = tape.activeGroup[slot] * groupSize;
                Arrays.fill(du, at, at + groupSize, 0);
            }
        }
    }

    /** Computes du of a group, lists −τ du for the product and writes it to the tape. */
    private void backward(ForwardTape tape, int slot, float threshold, float[] gradient, float step) {
        int at = tape.activeGroup[slot] * groupSize;
        int from = slot * groupSize;
        shrinkage.backwardInPlace(tape.active, from, tape.norms[slot], threshold, gradient, at);
        System.arraycopy(tape.active, from, du, at, groupSize);
        KERNELS.scale(tape.active, from, groupSize, -step);
        support.add(at, tape.active, from, groupSize);
    }

    /** dz ← du − τ du G in the required groups. */
    private void stateGradient(RowAccumulator gram, ForwardTape tape, int image, int k) {
        if (!blocks) {
            gram.sum(support, 1, du, 0, dz, 0);
            return;
        }
        Arrays.fill(required, false);
        require(tape, tape.entry(image, k - 1));
        if (k > 1) {
            require(tape, tape.entry(image, k - 2));
        }
        int count = 0;
        for (int g = 0; g < groups; g++) {
            if (required[g]) {
                requiredGroups[count++] = g;
            }
        }
        gram.sumBlocks(support, 1, requiredGroups, count, du, 0, dz, 0);
    }

    private void require(ForwardTape tape, int entry) {
        for (int slot = tape.activeBegin[entry]; slot < tape.activeBegin[entry + 1]; slot++) {
            required[tape.activeGroup[slot]] = true;
        }
    }
}
