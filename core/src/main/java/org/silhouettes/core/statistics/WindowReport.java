package org.silhouettes.core.statistics;

import java.util.OptionalDouble;

/**
 * Prequential statistics of a window of images: each was measured by the dictionary as it stood before that image's
 * mini-batch was learned.
 *
 * @param images images in the window, ≥ 1
 * @param mse mean squared error a value
 * @param mseOfMean the same of the zero code, that is of the mean image
 * @param objective eq. 6 an image
 * @param activeGroups groups of nonzero norm an image
 * @param activeUnits nonzero code values an image
 * @param silentImages share of images without an active group
 * @param groupAccuracy share of labelled images whose strongest group stood for their class, where there are any
 * @param nmi normalised mutual information (arithmetic mean) between strongest group and class, where there are any
 */
public record WindowReport(
        long images,
        double mse,
        double mseOfMean,
        double objective,
        double activeGroups,
        double activeUnits,
        double silentImages,
        OptionalDouble groupAccuracy,
        OptionalDouble nmi) {}
