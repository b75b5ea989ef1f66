package org.silhouettes.core.statistics;

import java.util.Map;

/**
 * All there is to persist of {@link LateLabels}; both maps have the oldest entry first.
 *
 * @param joined labels joined
 * @param unmatched labels that matched nothing
 * @param images codes that wait for a label, by image id
 * @param labels labels that wait for their image, by image id
 */
public record LateLabelsState(long joined, long unmatched, Map<String, LateCode> images, Map<String, String> labels) {}
