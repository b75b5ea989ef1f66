package org.silhouettes.core.drift;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * Options of {@link PageHinkley}, in standard deviations of the monitored value.
 *
 * @param threshold excess sum at which a drift is reported, above 0
 * @param tolerance increase that is ignored, above 0 and below {@link PageHinkley#MAX_VALUE}
 */
public record PageHinkleySettings(
        @Setting(
                        key = "drift.threshold",
                        above = 0,
                        max = 1e6,
                        help = "Detection threshold of the Page-Hinkley test; larger values detect later with fewer"
                                + " false alarms.")
                double threshold,
        @Setting(
                        key = "drift.tolerance",
                        above = 0,
                        below = PageHinkley.MAX_VALUE,
                        unit = "standard deviations",
                        help = "Increase that the Page-Hinkley test ignores.")
                double tolerance)
        implements Serializable {

    public PageHinkleySettings {
        SettingRecords.check(PageHinkleySettings.class, threshold, tolerance);
    }
}
