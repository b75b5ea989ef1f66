package org.silhouettes.core.activity;

import java.io.Serializable;

/**
 * What the activity statistics keep.
 *
 * @param maxLabels classes kept at most, the first that come; images of later ones count as unlabelled
 */
public record ActivitySettings(int maxLabels) implements Serializable {

    /** A thousand classes. */
    public static final ActivitySettings DEFAULTS = new ActivitySettings(1000);

    public ActivitySettings {
        if (maxLabels < 0) {
            throw new IllegalArgumentException("max labels is " + maxLabels + ", it must be at least 0");
        }
    }
}
