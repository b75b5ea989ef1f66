package org.silhouettes.core.encoder;

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

    /** What rounding may make of a bound. */
    private static final float ROUNDING = 1.001f;

    private final int groups;
    /** The most that ‖u_g‖ can be. */
    private final float[] reach;

    private float step;
    private float threshold;
    private float[] blockNorms = new float[0];

    Screening(int groups) {
        this.groups = groups;
        this.reach = new float[groups];
    }

    /** @param norms ‖G_hg‖_F, [groups, groups] */
    void start(float[] norms, float layerStep, float layerThreshold) {
        blockNorms = norms;
        step = layerStep;
        threshold = layerThreshold;
    }

    /** Group g has been made: its u_g has this squared norm. */
    void made(int g, float squares) {
        reach[g] = (float) Math.sqrt(squares);
    }

    /** z_h has changed, by a vector of this squared norm. */
    void moved(int h, float squares) {
        float distance = (float) Math.sqrt(squares);
        float scale = step * distance;
        for (int g = 0; g < groups; g++) {
            reach[g] += scale * blockNorms[h * groups + g];
        }
        reach[h] += distance;
    }

    /** Whether group g, whose z_g is zero, cannot be on. */
    boolean silent(int g) {
        return reach[g] * ROUNDING < threshold;
    }
}
