package org.silhouettes.job.learn;

import java.io.Serializable;
import java.time.Duration;
import org.silhouettes.core.settings.Setting;

/**
 * Handling of late labels, slow streams and repeated images.
 *
 * @param waitForLabels images of a model that wait for a late label; 0 rejects late labels
 * @param flushAfter time after which a partly filled mini-batch is learned; zero disables it
 * @param deduplicate time for which an image's id is remembered; zero disables it
 */
public record StreamSettings(
        @Setting(
                        key = "labels.wait-for",
                        min = 0,
                        max = 1_000_000,
                        unit = "images",
                        help =
                                "Number of recent unlabelled images kept per model so that a late label can be matched by id, about two"
                                        + " bytes per value; 0 rejects late labels.")
                int waitForLabels,
        @Setting(
                        key = "flush.after",
                        zero = "off",
                        min = 0.001,
                        max = 86_400,
                        help =
                                "Time after which a partly filled mini-batch is learned, for slow streams; the dictionary then depends"
                                        + " on timing.")
                Duration flushAfter,
        @Setting(
                        key = "input.deduplicate",
                        zero = "off",
                        min = 0.001,
                        max = 365 * 86_400.0,
                        help =
                                "Time for which a model remembers image ids in order to drop duplicates, about 50 bytes per id.")
                Duration deduplicate)
        implements Serializable {

    public static final StreamSettings DEFAULTS = new StreamSettings(1000, Duration.ZERO, Duration.ZERO);
}
