package org.silhouettes.core.statistics;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * What the activity statistics keep.
 *
 * @param maxLabels maximum number of classes, by first appearance; images of further classes count as unlabelled
 * @param maxClassBytes memory of all classes at most: where it is used up, no further ones are kept
 */
public record ActivitySettings(
        @Setting(
                        key = "model.max-labels",
                        min = 0,
                        max = 100_000,
                        unit = "classes",
                        help =
                                "Maximum number of classes tracked per model, further limited by models.cache-bytes; further labels are"
                                        + " counted as unlabelled.")
                int maxLabels,
        long maxClassBytes)
        implements Serializable {

    /** A thousand classes. */
    public static final ActivitySettings DEFAULTS = new ActivitySettings(1000);

    /** Without a bound of memory. */
    public ActivitySettings(int maxLabels) {
        this(maxLabels, Long.MAX_VALUE);
    }

    public ActivitySettings {
        SettingRecords.check(ActivitySettings.class, maxLabels, maxClassBytes);
    }
}
