package org.silhouettes.core.statistics;

/**
 * Activity of one class; means over its recent images (an exponential window of {@link ClassActivity#RECENT_IMAGES}).
 *
 * @param images all images of the class that were encoded
 * @param windowImages those since the last report
 * @param groupNorm mean n_g, [groups]
 * @param unitActivity mean code, [groups * groupSize]
 * @param strongest share of the class's images whose strongest group it is, [groups]
 * @param meanImage mean image, [values] in [0, 1]
 * @param reconstruction mean reconstruction of the centred images, [values]
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClassReport(
        String label,
        long images,
        long windowImages,
        float[] groupNorm,
        float[] unitActivity,
        float[] strongest,
        float[] meanImage,
        float[] reconstruction) {}
