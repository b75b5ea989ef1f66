package org.silhouettes.core.encoder;

import org.silhouettes.linalg.Kernels;

/**
 * Tells which groups cannot be on in a layer, so that nobody need look (a safe screening rule, as in El Ghaoui et al. 2012).
 * A silent group has u_g = τ (c_g − (zG)_g), so from one layer to another its norm grows by no more than
 *
 * <pre>
 *   τ Σ_h ‖Δz_h‖ ‖G_hg‖_F
 * </pre>
 *
 * <p>and where what it had when it was last made and all it can have grown since stay below the threshold, it is still silent.
 * The codes are those without screening to the bit, but where a norm equals the threshold to within rounding.
 */
final class Screening {

    private static final Kernels KERNELS = Kernels.best();

    /** What rounding may make of a bound. */
    private static final float ROUNDING = 1.001f;
    /** Groups are filled up to a multiple of so many, that vectors leave nothing over. */
    private static final int FULL = 16;

    private final int groups;
    private final int stride;
    /** The most that ‖u_g‖ can be, [images, stride]. */
    private final float[] reach;
    /** ‖G_hg‖_F, [groups, stride]. */
    private final float[] blockNorms;

    private float step;
    private float threshold;

    /** @param images the most images together */
    Screening(int groups, int images) {
        this.groups = groups;
        this.stride = (groups + FULL - 1) / FULL * FULL;
        this.reach = new float[Math.multiplyExact(images, stride)];
        this.blockNorms = new float[Math.multiplyExact(groups, stride)];
    }

    /** @param norms ‖G_hg‖_F, [groups, groups] */
    void start(float[] norms, float layerStep, float layerThreshold) {
        for (int h = 0; h < groups; h++) {
            System.arraycopy(norms, h * groups, blockNorms, h * stride, groups);
        }
        step = layerStep;
        threshold = layerThreshold;
    }

    /**
     * These groups have been made.
     *
     * @param squares ‖u_g‖² by number
     */
    void made(GroupList list, float[] squares) {
        for (int i = 0; i < list.count; i++) {
            int number = list.number[i];
            reach[at(number)] = (float) Math.sqrt(squares[number]);
        }
    }

    private int at(int number) {
        return number + number / groups * (stride - groups);
    }

    /**
     * These groups of z have changed.
     *
     * @param squares ‖Δz_h‖² by place in the list
     */
    void moved(GroupList list, float[] squares) {
        for (int i = 0; i < list.count; i++) {
            int image = list.number[i] / groups;
            int h = list.number[i] - image * groups;
            float distance = (float) Math.sqrt(squares[i]);
            int from = image * stride;
            KERNELS.combine(step * distance, blockNorms, h * stride, 1, reach, from, reach, from, stride);
            reach[from + h] += distance;
        }
    }

    /** Flags with {@code flag} the groups that may be on, and those with a flag in {@code always}; takes it from all others. */
    void flag(byte[] flags, int flag, int always, int images) {
        for (int b = 0; b < images; b++) {
            for (int g = 0; g < groups; g++) {
                int at = b * groups + g;
                // 0 where the sum is below the threshold; of a NaN never, whatever instruction made it
                int may = ~Float.floatToIntBits(reach[b * stride + g] * ROUNDING - threshold);
                flags[at] = (byte) (flags[at] & ~flag | ((may | -(flags[at] & always)) >>> 31) * flag);
            }
        }
    }
}
