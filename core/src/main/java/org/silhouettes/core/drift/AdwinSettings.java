package org.silhouettes.core.drift;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * Options of {@link Adwin}.
 *
 * @param delta probability of a false cut, 0 to 1, exclusive
 * @param minIncrease relative increase of the mean error at a cut from which it is reported, 0 or more: a long window
 *     detects changes that are too small to matter
 */
public record AdwinSettings(
        @Setting(
                        key = "drift.delta",
                        above = 0,
                        below = 1,
                        help = "Confidence parameter of ADWIN: the probability of a false cut.")
                double delta,
        @Setting(
                        key = "drift.min-increase",
                        formerly = "drift.least-rise",
                        min = 0,
                        max = 10,
                        unit = "times the previous error",
                        help = "Minimum relative increase of the mean error at an ADWIN cut to report a drift;"
                                + " without it, ADWIN reports changes of 1 % on long windows.")
                double minIncrease)
        implements Serializable {

    public AdwinSettings {
        SettingRecords.check(AdwinSettings.class, delta, minIncrease);
    }
}
