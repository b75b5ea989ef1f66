package org.silhouettes.core.encoder;

import org.silhouettes.linalg.Kernels;

/**
 * Safe screening of groups that cannot be active in a layer (as in El Ghaoui et al. 2012), so that they are not computed. An
 * inactive group has u_g = τ (c_g − (zG)_g), so its norm grows from one layer to the next by at most
 *
 * <pre>
 *   τ Σ_h ‖Δz_h‖ ‖G_hg‖_F
 * </pre>
 *
 * <p>If its last computed norm plus this growth since then is below the threshold, it is still inactive. The codes equal those
 * without screening bit for bit, unless a norm equals the threshold within rounding.
 */
final class Screening {

    private static final Kernels KERNELS = Kernels.best();

    /** Safety margin for the rounding errors of a bound. */
    private static final float ROUNDING = 1.001f;
    /** Rows are padded to a multiple of this, so that vector loops have no remainder. */
    private static final int PADDING = 16;

    private final int groups;
    private final int stride;
    /** Upper bound of ‖u_g‖, [images, stride]. */
    private final float[] bound;
    /** ‖G_hg‖_F, [groups, stride]. */
    private final float[] blockNorms;

    private float step;
    private float threshold;

    /** @param images maximum number of images at a time */
    Screening(int groups, int images) {
        this.groups = groups;
        this.stride = (groups + PADDING - 1) / PADDING * PADDING;
        this.bound = new float[Math.multiplyExact(images, stride)];
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
     * Sets the bounds of groups that were computed.
     *
     * @param squares ‖u_g‖² by number
     */
    void made(GroupList list, float[] squares) {
        for (int i = 0; i < list.count; i++) {
            int number = list.number[i];
            bound[at(number)] = (float) Math.sqrt(squares[number]);
        }
    }

    private int at(int number) {
        return number + number / groups * (stride - groups);
    }

    /**
     * Raises all bounds by the change of these groups of z.
     *
     * @param squares ‖Δz_h‖² by index in the list
     */
    void moved(GroupList list, float[] squares) {
        for (int i = 0; i < list.count; i++) {
            int image = list.number[i] / groups;
            int h = list.number[i] - image * groups;
            float distance = (float) Math.sqrt(squares[i]);
            int from = image * stride;
            KERNELS.combine(step * distance, blockNorms, h * stride, 1, bound, from, bound, from, stride);
            bound[from + h] += distance;
        }
    }

    /** Sets {@code flag} for groups that may be active or have a flag in {@code always}, and clears it for all others. */
    void flag(byte[] flags, int flag, int always, int images) {
        for (int b = 0; b < images; b++) {
            for (int g = 0; g < groups; g++) {
                int at = b * groups + g;
                // 0 if the bound is below the threshold; never for NaN, whichever instruction produced it
                int may = ~Float.floatToIntBits(bound[b * stride + g] * ROUNDING - threshold);
                flags[at] = (byte) (flags[at] & ~flag | ((may | -(flags[at] & always)) >>> 31) * flag);
            }
        }
    }
}
