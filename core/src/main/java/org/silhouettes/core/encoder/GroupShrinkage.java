package org.silhouettes.core.encoder;

/**
 * Group shrinkage, Theodosis & Ba 2023 eq. 7, of one group of one image, and its derivative; the three variants of
 * {@link Shrinkage}. Where the norm is at or below the threshold both are 0 (the authors' code divides 0 by 0 there).
 */
final class GroupShrinkage {

    private final Shrinkage kind;
    private final int groupSize;

    GroupShrinkage(Shrinkage kind, int groupSize) {
        this.kind = kind;
        this.groupSize = groupSize;
    }

    /** Norm of the vector that the threshold is held against. */
    float norm(float[] u, int at) {
        boolean rectified = kind == Shrinkage.ONE_SIDED_EXACT;
        float sum = 0;
        for (int i = at; i < at + groupSize; i++) {
            float v = rectified ? Math.max(u[i], 0) : u[i];
            sum += v * v;
        }
        return (float) Math.sqrt(sum);
    }

    /** x_g ← (1 − θ/n)₊ u_g, rectified where the kind is one-sided. Gives whether the group is on: n > θ. */
    boolean shrink(float[] u, int from, float threshold, float[] x, int to) {
        float norm = norm(u, from);
        if (!(norm > threshold)) {
            for (int i = 0; i < groupSize; i++) {
                x[to + i] = 0;
            }
            return false;
        }
        float scale = 1 - threshold / norm;
        boolean oneSided = kind != Shrinkage.TWO_SIDED;
        for (int i = 0; i < groupSize; i++) {
            float v = u[from + i];
            x[to + i] = scale * (oneSided ? Math.max(v, 0) : v);
        }
        return true;
    }

    /** du ← gradient at u_g of a function whose gradient at x_g is dx. Gives whether the group is on. */
    boolean backward(float[] u, int at, float threshold, float[] dx, int dxAt, float[] du, int duAt) {
        float norm = norm(u, at);
        if (!(norm > threshold)) {
            for (int i = 0; i < groupSize; i++) {
                du[duAt + i] = 0;
            }
            return false;
        }
        boolean oneSided = kind != Shrinkage.TWO_SIDED;
        boolean rectified = kind == Shrinkage.ONE_SIDED_EXACT;
        float scale = 1 - threshold / norm;
        float along = 0;
        for (int i = 0; i < groupSize; i++) {
            float v = u[at + i];
            along += dx[dxAt + i] * (oneSided ? Math.max(v, 0) : v);
        }
        float radial = along * threshold / (norm * norm * norm);
        for (int i = 0; i < groupSize; i++) {
            float v = u[at + i];
            float through = oneSided && !(v > 0) ? 0 : scale * dx[dxAt + i];
            du[duAt + i] = through + radial * (rectified ? Math.max(v, 0) : v);
        }
        return true;
    }
}
