package org.silhouettes.core;

import java.util.List;

/**
 * What one call of an {@link OnlineLearner} did.
 *
 * @param images the images that were encoded by this call, in stream order; images that wait for a full mini-batch or for
 *     the initialisation are in the result of a later call
 * @param updates how often the dictionary was updated
 * @param initialised whether the model got its first dictionary
 * @param newGroups groups that the dictionary got besides
 */
public record BatchResult(List<ImageCode> images, int updates, boolean initialised, int newGroups) {

    public BatchResult {
        images = List.copyOf(images);
    }

    /**
     * One image's code, by the dictionary before it learned from the image.
     *
     * @param version of the dictionary
     * @param code [groups · group size]
     * @param squaredError of the reconstruction, ‖y − xW‖², where y is the centred image in [−1, 1]
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ImageCode(long version, float[] code, float squaredError) {}
}
