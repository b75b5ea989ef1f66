package org.silhouettes.core.statistics;

import java.util.SortedMap;

/**
 * All there is to persist of an {@link ActivityTracker}. Live arrays: a tracker that is made of a state owns them.
 *
 * @param encoded images encoded
 * @param learned sums over the window's images that were learned from
 * @param unlearned sums over the window's other images
 * @param classes by label
 */
public record ActivityState(
        long encoded, Sums learned, Sums unlearned, Usage usage, SortedMap<String, OfClass> classes) {

    /** Sums over images: ‖y − xW‖², ‖y‖², Σ_g n_g. */
    record Losses(double squaredError, double squaredImage, double norms) {}

    /**
     * Of a {@link Window}.
     *
     * @param assigned labelled images that were given a class
     * @param hits those that were given their own
     */
    record Sums(
            long images,
            Losses losses,
            long activeGroups,
            long activeUnits,
            long zeroCodes,
            long assigned,
            long hits) {}

    /**
     * Of a {@link GroupActivity}.
     *
     * @param strongest images by strongest group, [groups]
     * @param active images by active group, [groups]
     * @param energy sums of n_g², [groups]
     * @param unitActive images by active unit, [units]
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Usage(long[] strongest, long[] active, double[] energy, long[] unitActive) {}

    /** Decaying means of a class: [groups], [units], [groups], [values], [values]. */
    @SuppressWarnings("ArrayRecordComponent")
    record Means(
            float[] groupNorm, float[] unitActivity, float[] strongest, float[] meanImage, float[] reconstruction) {}

    /**
     * Of a {@link ClassActivity}.
     *
     * @param energy decaying sums of n_g², [groups]
     * @param learnedCounts the window's images learned from, by strongest group
     * @param unlearnedCounts the window's other images, likewise
     */
    @SuppressWarnings("ArrayRecordComponent")
    record OfClass(
            long images,
            long windowImages,
            Means means,
            double[] energy,
            long[] learnedCounts,
            long[] unlearnedCounts) {}
}
