package org.silhouettes.core.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.silhouettes.core.dictionary.Dictionary;

/**
 * Computes all metrics of a learned dictionary, named as in {@code report.json}. In a run: learn from the train split; then
 * encode, without learning, some 5,000 train images ({@code fit}) and the test split ({@code test}); compute the
 * {@link ClassMeans} of the train split.
 */
public final class Evaluation {

    /** Test images of a class in {@code distanceRatio} and {@code silhouetteScore}, as in the paper's Figure 2. */
    public static final int IMAGES_PER_CLASS = 100;

    private static final int NEIGHBOURS = 5;
    private static final long SAMPLE_SEED = 0;

    private Evaluation() {}

    /**
     * The metrics; deterministic.
     *
     * @param fit train images encoded by the final dictionary, to find the class of each group
     * @param test images that were never learned from, encoded by the same dictionary
     * @param classMeans mean images of the classes, may be empty
     * @param lambda the encoder's λ, for the objective
     * @throws IllegalArgumentException if a code has another number of groups than the dictionary
     */
    public static EvaluationReport evaluate(
            List<EncodedImage> fit,
            List<EncodedImage> test,
            Dictionary dictionary,
            ClassMeans classMeans,
            double lambda) {
        int groups = dictionary.shape().groups();
        requireGroups(fit, groups);
        requireGroups(test, groups);
        List<EncodedImage> labelledFit = labelled(fit);
        List<EncodedImage> labelledTest = labelled(test);
        GroupClasses classes = GroupClasses.of(labelledFit, groups);
        SimilarityMatrix similarity =
                SimilarityMatrix.ofGroupNorms(ClassSample.draw(labelledTest, IMAGES_PER_CLASS, SAMPLE_SEED));
        double values = dictionary.shape().values();
        return new EvaluationReport(
                mean(test, EncodedImage::error),
                mean(test, EncodedImage::energy),
                mean(test, image -> image.error() * values / 2 + lambda * sum(image.groupNorms())),
                mean(test, EncodedImage::activeGroups),
                mean(test, EncodedImage::activeUnits),
                mean(test, image -> image.activeGroups() == 0 ? 1 : 0),
                classes.accuracy(labelledTest),
                MutualInformation.ofStrongestGroup(labelledTest).orElse(Double.NaN),
                classes.covered(),
                similarity.distanceRatio(),
                similarity.silhouetteScore(),
                NearestNeighbours.accuracy(labelledFit, labelledTest, NEIGHBOURS),
                classMeans.atomCorrelation(dictionary),
                DictionaryMetrics.blockCoherence(dictionary),
                DictionaryMetrics.lipschitz(dictionary));
    }

    private static void requireGroups(List<EncodedImage> images, int groups) {
        for (EncodedImage image : images) {
            if (image.groupNorms().length != groups) {
                throw new IllegalArgumentException("a code has " + image.groupNorms().length
                        + " groups, the dictionary has " + groups + ": encode with the dictionary that is evaluated");
            }
        }
    }

    private static List<EncodedImage> labelled(List<EncodedImage> images) {
        return images.stream().filter(image -> Objects.nonNull(image.label())).toList();
    }

    private static double mean(List<EncodedImage> images, ToDoubleFunction<EncodedImage> value) {
        return images.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
