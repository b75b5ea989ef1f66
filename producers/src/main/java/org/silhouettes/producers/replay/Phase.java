package org.silhouettes.producers.replay;

import java.util.List;
import java.util.Map;

/**
 * One phase of a drift plan.
 *
 * @param name as reports show it
 * @param classes name of a class → its share of the phase's images, relative to the others; empty takes all images in
 *     the shares that they have
 * @param images that the phase lasts
 * @param gradual images at its start over which it takes over from the phase before; 0 is abrupt
 * @param transforms what is done to each image, in this order
 */
public record Phase(String name, Map<String, Double> classes, long images, long gradual, List<Transform> transforms) {

    public Phase {
        classes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(classes));
        transforms = List.copyOf(transforms);
        if (images < 1) {
            throw new IllegalArgumentException("images is " + images + ", it must be at least 1");
        }
        if (gradual < 0 || gradual > images) {
            throw new IllegalArgumentException(
                    "gradual is " + gradual + " images, it must be 0 to the phase's " + images + " images");
        }
    }
}
