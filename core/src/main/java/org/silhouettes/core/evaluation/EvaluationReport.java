package org.silhouettes.core.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The quality of a dictionary and its codes. An undefined metric (no labels, a single group…) is NaN here and absent from
 * {@link #values()}.
 *
 * @param mse mean squared error over test images and values
 * @param mseOfMean the same of the zero code: the error of the mean image
 * @param objective ½‖y − xW‖² + λ Σ n_g per image (Theodosis & Ba 2023 eq. 6)
 * @param activeGroups groups with n_g > 0 per image
 * @param activeUnits nonzero values of a code per image
 * @param silentImages share of images with no active group
 * @param groupAccuracy share of labelled test images whose class is the one that their strongest group stands for
 * @param nmi normalised mutual information of strongest group and class
 * @param classesCovered classes that at least one group stands for
 * @param distanceRatio mean distance of n-vectors between classes over the mean within
 * @param silhouetteScore mean silhouette of n-vectors (Rousseeuw 1987)
 * @param knnAccuracy share right of 5 nearest neighbours on n-vectors
 * @param atomClassCorrelation mean over atoms of the largest correlation with a class's mean image
 * @param blockCoherence eq. 3: max over g ≠ h of ‖W_g W_hᵀ‖₂ / d
 * @param lipschitz L, the largest eigenvalue of WWᵀ
 */
public record EvaluationReport(
        double mse,
        double mseOfMean,
        double objective,
        double activeGroups,
        double activeUnits,
        double silentImages,
        double groupAccuracy,
        double nmi,
        double classesCovered,
        double distanceRatio,
        double silhouetteScore,
        double knnAccuracy,
        double atomClassCorrelation,
        double blockCoherence,
        double lipschitz) {

    /** The same with another atom-class correlation, for dictionaries that were compared with the classes before joining. */
    public EvaluationReport withAtomClassCorrelation(double correlation) {
        return new EvaluationReport(
                mse,
                mseOfMean,
                objective,
                activeGroups,
                activeUnits,
                silentImages,
                groupAccuracy,
                nmi,
                classesCovered,
                distanceRatio,
                silhouetteScore,
                knnAccuracy,
                correlation,
                blockCoherence,
                lipschitz);
    }

    /** The defined metrics by their names in {@code report.json}, in a fixed order. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("mse", mse);
        values.put("mseOfMean", mseOfMean);
        values.put("objective", objective);
        values.put("activeGroups", activeGroups);
        values.put("activeUnits", activeUnits);
        values.put("silentImages", silentImages);
        values.put("groupAccuracy", groupAccuracy);
        values.put("nmi", nmi);
        values.put("classesCovered", classesCovered);
        values.put("distanceRatio", distanceRatio);
        values.put("silhouetteScore", silhouetteScore);
        values.put("knnAccuracy", knnAccuracy);
        values.put("atomClassCorrelation", atomClassCorrelation);
        values.put("blockCoherence", blockCoherence);
        values.put("lipschitz", lipschitz);
        values.values().removeIf(value -> !Double.isFinite(value));
        return values;
    }
}
