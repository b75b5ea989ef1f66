package org.silhouettes.core.update;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;

/**
 * Decays the alternating update's statistics before a mini-batch is added: A ← βA, B ← βB with a constant β, or β_t = (1 −
 * 1/t)^ρ (Mairal et al. 2009, §3.4.2). The optional usage-weighted decay scales group g by
 *
 * <pre>
 *   s_g = max(0, 1 − (1 − usageForgetting) · usage_g / mean usage),   A ← D A D,  B ← D² B  with D² = diag(s_g of each atom)
 * </pre>
 *
 * <p>where usage_g is the share of the mini-batch's images in which group g is active. Statistics of unused groups stay, and A
 * remains positive semi-definite.
 */
final class Forgetting {

    private final DictionaryShape shape;
    private final UpdateSettings settings;
    private final float[] usage;
    private final float[] rowFactors;

    Forgetting(DictionaryShape shape, UpdateSettings settings) {
        this.shape = shape;
        this.settings = settings;
        this.usage = new float[shape.groups()];
        this.rowFactors = new float[shape.atoms()];
    }

    /** @param t number of this update, from 1 */
    void decay(long t, float[] a, float[] b, Encoding codes) {
        float beta = (float) factor(settings, t);
        if (beta != 1) {
            scale(a, 0, a.length, beta);
            scale(b, 0, b.length, beta);
        }
        if (settings.usageForgetting() > 0) {
            decayByUsage(a, b, codes);
        }
    }

    /** The factor β of update t. */
    static double factor(UpdateSettings settings, long t) {
        if (settings.forgetting() > 0) {
            return settings.forgetting();
        }
        return settings.rho() == 0 ? 1 : StrictMath.pow(1 - 1.0 / t, settings.rho());
    }

    private void decayByUsage(float[] a, float[] b, Encoding codes) {
        int groups = shape.groups();
        int k = shape.atoms();
        int m = shape.values();
        double mean = 0;
        for (int g = 0; g < groups; g++) {
            int active = 0;
            for (int i = 0; i < codes.count(); i++) {
                active += codes.groupNorms()[i * groups + g] > 0 ? 1 : 0;
            }
            usage[g] = (float) active / codes.count();
            mean += (double) usage[g] / groups;
        }
        double perUsage = (1 - settings.usageForgetting()) / Math.max(mean, 1e-9);
        for (int j = 0; j < k; j++) {
            rowFactors[j] = (float) Math.sqrt(Math.max(0, 1 - perUsage * usage[j / shape.groupSize()]));
        }
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < k; i++) {
                a[j * k + i] *= rowFactors[j] * rowFactors[i];
            }
            scale(b, j * m, (j + 1) * m, rowFactors[j] * rowFactors[j]);
        }
    }

    private static void scale(float[] x, int from, int to, float by) {
        for (int i = from; i < to; i++) {
            x[i] *= by;
        }
    }
}
