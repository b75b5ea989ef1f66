package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Rows;

/**
 * All layers of the unrolled encoder for one image at a time, so that everything but G stays in the first-level cache. z is a
 * mixture of the last two codes, so the products q = xG of the codes alone are made, which have fewer nonzero units:
 *
 * <pre>
 *   u  = z − τ (zG − c)  with  z = x + μ(x − x⁻)  and  zG = q + μ(q − q⁻)
 *   x⁺ = shrink_{λτ}(u)
 * </pre>
 */
final class ImageEncoder {

    private final int groups;
    private final int groupSize;
    private final int layers;
    private final GroupShrinkage shrinkage;
    private final float[] momentum;
    private final Rows.Sum support;
    private final float[] u;
    /** Last layer at whose end the group was on, by group. */
    private final int[] lastOn;

    private float[] x;
    private float[] before;
    private float[] product;
    private float[] productBefore;

    ImageEncoder(DictionaryShape shape, EncoderSettings settings) {
        int atoms = shape.atoms();
        this.groups = shape.groups();
        this.groupSize = shape.groupSize();
        this.layers = settings.layers();
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), groupSize);
        this.momentum = Momentum.of(settings);
        this.support = new Rows.Sum(atoms);
        this.u = new float[atoms];
        this.lastOn = new int[groups];
        this.x = new float[atoms];
        this.before = new float[atoms];
        this.product = new float[atoms];
        this.productBefore = new float[atoms];
    }

    /**
     * Encodes the image with correlations c; {@link #codes()} and the rest hold until the next one.
     *
     * @param gram rows of G
     * @param threshold θ = λτ
     * @param trace where the layers are recorded, or null
     */
    void encode(float[][] gram, float[] c, float step, float threshold, Trace trace) {
        float squaredThreshold = threshold * threshold;
        Arrays.fill(x, 0);
        Arrays.fill(product, 0);
        Arrays.fill(before, 0);
        Arrays.fill(productBefore, 0);
        Arrays.fill(lastOn, Integer.MIN_VALUE);
        float mu = 0;
        for (int k = 0; k < layers; k++) {
            layer(u, x, before, product, productBefore, c, mu, step);
            if (trace != null) {
                recordState(trace, k, mu);
            }
            swap();
            Arrays.fill(x, 0);
            support.clear();
            for (int g = 0, at = 0; g < groups; g++, at += groupSize) {
                float squares = shrinkage.squaredNorm(u, at);
                if (squares > squaredThreshold) {
                    float norm = (float) Math.sqrt(squares);
                    shrinkage.shrink(u, at, norm, threshold, x);
                    support.add(x, at, at + groupSize);
                    lastOn[g] = k;
                    if (trace != null) {
                        trace.on(g, norm, u, at);
                    }
                }
            }
            if (trace != null) {
                trace.endLayer();
            }
            if (k + 1 < layers || trace != null) {
                support.into(gram, product);
            }
            mu = momentum[k];
        }
    }

    private static void layer(
            float[] u, float[] x, float[] before, float[] q, float[] qBefore, float[] c, float mu, float step) {
        for (int j = 0; j < u.length; j++) {
            float z = x[j] + mu * (x[j] - before[j]);
            float product = q[j] + mu * (q[j] - qBefore[j]);
            u[j] = z + step * (c[j] - product);
        }
    }

    private void recordState(Trace trace, int k, float mu) {
        for (int g = 0, at = 0; g < groups; g++, at += groupSize) {
            if (lastOn[g] == k - 1 || (mu != 0 && lastOn[g] == k - 2)) {
                // the layer before last is not needed any more: its code becomes z, and is then written over
                for (int i = at; i < at + groupSize; i++) {
                    before[i] = x[i] + mu * (x[i] - before[i]);
                }
                trace.state(g, before, at);
            }
        }
    }

    private void swap() {
        float[] code = x;
        x = before;
        before = code;
        float[] q = product;
        product = productBefore;
        productBefore = q;
    }

    /** The code x, [atoms]; live. */
    float[] codes() {
        return x;
    }

    /** xG, [atoms], where the layers were recorded; live. */
    float[] product() {
        return product;
    }

    /** The code as a sum of dictionary rows; live. */
    Rows.Sum support() {
        return support;
    }
}
