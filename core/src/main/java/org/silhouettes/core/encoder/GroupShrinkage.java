package org.silhouettes.core.encoder;

import org.silhouettes.linalg.Kernels;

/**
 * Group shrinkage, Theodosis & Ba 2023 eq. 7, of one group of one image, and its derivative; the three variants of
 * {@link Shrinkage}. Where the norm is at or below the threshold both are 0 (the authors' code divides 0 by 0 there).
 */
final class GroupShrinkage {

    private static final Kernels KERNELS = Kernels.best();

    private final int groupSize;
    private final boolean rectifiedNorm;
    /** Smallest value that passes: 0 where codes are one-sided. */
    private final float floor;
    /** Smallest value that the norm is made of. */
    private final float normFloor;

    GroupShrinkage(Shrinkage kind, int groupSize) {
        this.groupSize = groupSize;
        this.rectifiedNorm = kind == Shrinkage.ONE_SIDED_EXACT;
        this.floor = kind == Shrinkage.TWO_SIDED ? Float.NEGATIVE_INFINITY : 0;
        this.normFloor = rectifiedNorm ? 0 : Float.NEGATIVE_INFINITY;
    }

    /**
     * Squares of the norms that the threshold is held against.
     *
     * @param squares ‖u_g‖² by number; overwritten where another norm counts
     */
    void squaredNorms(float[] u, GroupList list, float[] squares) {
        for (int i = 0; rectifiedNorm && i < list.count; i++) {
            int number = list.number[i];
            squares[number] = KERNELS.rectifiedSquares(u, number * groupSize, groupSize);
        }
    }

    /** x_g ← (1 − θ/n) u_g, rectified where the kind is one-sided; for a group that is on, n > θ. */
    void shrink(float[] u, int from, float norm, float threshold, float[] x) {
        KERNELS.rectify(u, from, 1 - threshold / norm, floor, x, from, groupSize);
    }

    /**
     * Writes over u_g the gradient at u_g of a function whose gradient at x_g is dx; for a group that is on. With the
     * scaled vector w and the normed vector v (each u or its positive part), x = (1 − θ/n) w and n = ‖v‖, so
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
