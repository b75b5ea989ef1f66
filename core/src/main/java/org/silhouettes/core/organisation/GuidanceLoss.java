package org.silhouettes.core.organisation;

import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.initialisation.PrototypeClassifier;

/**
 * Cross-entropy of the group norms with the group of each image's community. The mean squared error alone mixes communities,
 * because every active group learns from an image. With the group t that the {@link PrototypeClassifier} assigns to an image
 * and its group norms n_g = ‖x_g‖, the loss gets the term
 *
 * <pre>
 *   γ/count · Σ_images −log softmax(n/T)_t
 * </pre>
 *
 * <p>Its gradient at the code is γ/(count·T) · (softmax(n/T)_g − [g = t]) · x_g/n_g, and 0 for an inactive group. Images
 * without a group add nothing. No label is involved: the communities are those of the warm-up images.
 */
public final class GuidanceLoss {

    /**
     * The groups of a mini-batch.
     *
     * @param groups group of each image or {@link PrototypeClassifier#NONE}, at least [count]
     * @param weight γ
     * @param temperature T
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Targets(int[] groups, double weight, double temperature) {

        /** No assignment: the guidance loss is 0. */
        public static final Targets NONE = new Targets(new int[0], 0, 1);
    }

    private final DictionaryShape shape;
    private final double[] shares;

    public GuidanceLoss(DictionaryShape shape) {
        this.shape = shape;
        this.shares = new double[shape.groups()];
    }

    /** Adds the term's gradient to {@code codeGradient}, [count, atoms]. */
    public void addTo(float[] codeGradient, Encoding encoding, Targets targets) {
        int count = encoding.count();
        int groups = shape.groups();
        for (int b = 0; b < count; b++) {
            int target = targets.groups()[b];
            if (target == PrototypeClassifier.NONE) {
                continue;
            }
            softmax(encoding.groupNorms(), b * groups, targets.temperature());
            double scale = targets.weight() / (count * targets.temperature());
            for (int g = 0; g < groups; g++) {
                float norm = encoding.groupNorms()[b * groups + g];
                if (norm > 0) {
                    float factor = (float) (scale * (shares[g] - (g == target ? 1 : 0)) / norm);
                    int from = (b * groups + g) * shape.groupSize();
                    for (int i = from; i < from + shape.groupSize(); i++) {
                        codeGradient[i] += factor * encoding.codes()[i];
                    }
                }
            }
        }
    }

    private void softmax(float[] norms, int from, double temperature) {
        double largest = 0;
        for (int g = 0; g < shares.length; g++) {
            largest = Math.max(largest, norms[from + g]);
        }
        double sum = 0;
        for (int g = 0; g < shares.length; g++) {
            shares[g] = StrictMath.exp((norms[from + g] - largest) / temperature);
            sum += shares[g];
        }
        for (int g = 0; g < shares.length; g++) {
            shares[g] /= sum;
        }
    }
}
