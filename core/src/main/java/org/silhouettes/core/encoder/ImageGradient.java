package org.silhouettes.core.encoder;

import java.util.Arrays;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.linalg.Rows;

/**
 * The layers backwards, for one image at a time. From the gradient dx at the codes,
 *
 * <pre>
 *   dx_k = carry + (1 + μ_k) dz,  carry = −μ_{k+1} dz⁺      du = backward of the shrinkage where the group was on, else 0
 *   dc  += τ du                                             dz = du − τ du G
 * </pre>
 *
 * <p>and the trace is left with −τ du, which the gradient at G is made of.
 */
final class ImageGradient {

    private final int groupSize;
    private final int layers;
    private final GroupShrinkage shrinkage;
    private final float[] momentum;
    private final Rows.Sum support;
    private final float[] dx;
    private final float[] scaledDu;
    private final float[] zeros;
    private float[] dz;
    private float[] dzAfter;

    ImageGradient(DictionaryShape shape, EncoderSettings settings) {
        int atoms = shape.atoms();
        this.groupSize = shape.groupSize();
        this.layers = settings.layers();
        this.shrinkage = new GroupShrinkage(settings.shrinkage(), groupSize);
        this.momentum = Momentum.of(settings);
        this.support = new Rows.Sum(atoms);
        this.dx = new float[atoms];
        this.scaledDu = new float[atoms];
        this.zeros = new float[atoms];
        this.dz = new float[atoms];
        this.dzAfter = new float[atoms];
    }

    /**
     * @param image its number in the trace
     * @param last gradient at the codes, [atoms]
     * @param dc gradient at c, [atoms]; added to
     * @param threshold θ = λτ
     */
    void backward(float[][] gram, Trace trace, int image, float[] last, float[] dc, float step, float threshold) {
        Arrays.fill(dz, 0);
        Arrays.fill(dzAfter, 0);
        for (int k = layers - 1; k >= 0; k--) {
            if (k == layers - 1) {
                mix(dx, last, zeros, zeros, 0, 0);
            } else {
                mix(dx, zeros, dz, dzAfter, 1 + momentum[k], -momentum[k + 1]);
            }
            int entry = image * layers + k;
            support.clear();
            for (int slot = trace.onBegin[entry]; slot < trace.onBegin[entry + 1]; slot++) {
                backward(trace, slot, threshold, dc, step);
            }
            float[] next = dzAfter;
            dzAfter = dz;
            dz = next;
            if (k > 0) {
                // the sum holds −τ du
                support.into(gram, dz);
                addStateGradient(trace, entry, step);
            }
        }
    }

    private static void mix(float[] dx, float[] last, float[] dz, float[] dzAfter, float a, float b) {
        for (int j = 0; j < dx.length; j++) {
            dx[j] = last[j] + a * dz[j] + b * dzAfter[j];
        }
    }

    private void backward(Trace trace, int slot, float threshold, float[] dc, float step) {
        int at = trace.onGroup[slot] * groupSize;
        float[] du = trace.on;
        int from = slot * groupSize;
        shrinkage.backwardInPlace(du, from, trace.norms[slot], threshold, dx, at);
        for (int i = 0; i < groupSize; i++) {
            float scaled = step * du[from + i];
            dc[at + i] += scaled;
            du[from + i] = -scaled;
            scaledDu[at + i] = -scaled;
        }
        support.add(scaledDu, at, at + groupSize);
    }

    private void addStateGradient(Trace trace, int entry, float step) {
        float inverse = -1 / step;
        for (int slot = trace.onBegin[entry]; slot < trace.onBegin[entry + 1]; slot++) {
            int at = trace.onGroup[slot] * groupSize;
            for (int i = 0, from = slot * groupSize; i < groupSize; i++, from++) {
                dz[at + i] += inverse * trace.on[from];
            }
        }
    }
}
