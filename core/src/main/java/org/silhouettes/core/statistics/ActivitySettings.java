package org.silhouettes.core.statistics;

import java.io.Serializable;

/**
 * What the activity statistics keep.
 *
 * @param maxLabels classes kept at most, the first that come; images of later ones count as unlabelled
 * @param maxClassBytes memory of all classes at most: where it is used up, no further ones are kept
 */
public record ActivitySettings(int maxLabels, long maxClassBytes) implements Serializable {

    /** A thousand classes. */
    public static final ActivitySettings DEFAULTS = new ActivitySettings(1000);

    /** Without a bound of memory. */
    public ActivitySettings(int maxLabels) {
        this(maxLabels, Long.MAX_VALUE);
    }

    public ActivitySettings {
        if (maxLabels < 0) {
            throw new IllegalArgumentException("max labels is " + maxLabels + ", it must be at least 0");
        }
    }
}
