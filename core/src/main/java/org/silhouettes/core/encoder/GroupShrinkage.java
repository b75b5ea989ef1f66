package org.silhouettes.core.encoder;

import org.silhouettes.core.linalg.Lanes;

/**
 * Group shrinkage, Theodosis & Ba 2023 eq. 7, of one group of one image, and its derivative; the three variants of
 * {@link Shrinkage}. Where the norm is at or below the threshold both are 0 (the authors' code divides 0 by 0 there).
 */
final class GroupShrinkage {

    private final int groupSize;
    private final boolean rectifiedNorm;
    /** Smallest value that passes: 0 where codes are one-sided. */
    private final float floor;

    GroupShrinkage(Shrinkage kind, int groupSize) {
        this.groupSize = groupSize;
        this.rectifiedNorm = kind == Shrinkage.ONE_SIDED_EXACT;
        this.floor = kind == Shrinkage.TWO_SIDED ? Float.NEGATIVE_INFINITY : 0;
    }

    /** Square of the norm that the threshold is held against, of the group whose values start at {@code from}. */
    float squaredNorm(float[] u, int from) {
        return rectifiedNorm
                ? Lanes.rectifiedSquares(u, from, from + groupSize)
                : Lanes.squares(u, from, from + groupSize);
    }

    /** x_g ← (1 − θ/n) u_g, rectified where the kind is one-sided; for a group that is on, n > θ. */
    void shrink(float[] u, int from, float norm, float threshold, float[] x) {
        float scale = 1 - threshold / norm;
        for (int i = from; i < from + groupSize; i++) {
            x[i] = scale * Math.max(u[i], floor);
        }
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
        float scale = 1 - threshold / norm;
        float along = 0;
        for (int i = 0; i < groupSize; i++) {
            along = Math.fma(dx[dxAt + i], Math.max(u[at + i], floor), along);
        }
        float radial = along * threshold / (norm * norm * norm);
        float normFloor = rectifiedNorm ? 0 : Float.NEGATIVE_INFINITY;
        for (int i = 0; i < groupSize; i++) {
            float v = u[at + i];
            float through = v > floor ? scale * dx[dxAt + i] : 0;
            u[at + i] = Math.fma(radial, Math.max(v, normFloor), through);
        }
    }
}
