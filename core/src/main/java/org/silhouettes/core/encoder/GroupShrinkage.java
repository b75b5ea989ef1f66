package org.silhouettes.core.encoder;

import org.silhouettes.linalg.Kernels;

/**
 * Group shrinkage of one group of one image and its derivative, Theodosis & Ba 2023 eq. 7, in the variants of {@link Shrinkage}.
 * Both are 0 if the norm is at or below the threshold (the authors' code divides 0 by 0 there).
 */
final class GroupShrinkage {

    private static final Kernels KERNELS = Kernels.best();

    private final int groupSize;
    private final boolean rectifiedNorm;
    /** Lower bound of the values that pass: 0 for one-sided codes. */
    private final float floor;
    /** Lower bound of the values that count for the norm. */
    private final float normFloor;

    GroupShrinkage(Shrinkage kind, int groupSize) {
        this.groupSize = groupSize;
        this.rectifiedNorm = kind == Shrinkage.ONE_SIDED_EXACT;
        this.floor = kind == Shrinkage.TWO_SIDED ? Float.NEGATIVE_INFINITY : 0;
        this.normFloor = rectifiedNorm ? 0 : Float.NEGATIVE_INFINITY;
    }

    /**
     * Computes the squared norms that are compared with the threshold.
     *
     * @param squares ‖u_g‖² by number; overwritten if the variant uses another norm
     */
    void squaredNorms(float[] u, GroupList list, float[] squares) {
        for (int i = 0; rectifiedNorm && i < list.count; i++) {
            int number = list.number[i];
            squares[number] = KERNELS.rectifiedSquares(u, number * groupSize, groupSize);
        }
    }

    /** x_g ← (1 − θ/n) u_g, rectified for one-sided variants; for an active group, n > θ. */
    void shrink(float[] u, int from, float norm, float threshold, float[] x) {
        KERNELS.rectify(u, from, 1 - threshold / norm, floor, x, from, groupSize);
    }

    /**
     * Replaces u_g of an active group by the gradient at u_g of a function whose gradient at x_g is dx. With the scaled vector
     * w and the normed vector v (each u or its positive part), x = (1 − θ/n) w and n = ‖v‖, so
     *
     * <pre>
     *   du = (1 − θ/n) dx [w ≠ 0] + (dx · w) θ/n³ v
     * </pre>
     *
     * @param u u_g from {@code at} on
     * @param dx from {@code dxAt} on
     */
    void backwardInPlace(float[] u, int at, float norm, float threshold, float[] dx, int dxAt) {
        float along = KERNELS.rectifiedDot(dx, dxAt, u, at, floor, groupSize);
        float radial = along * threshold / (norm * norm * norm);
        KERNELS.shrinkageGradient(dx, dxAt, 1 - threshold / norm, floor, radial, normFloor, u, at, groupSize);
    }
}
