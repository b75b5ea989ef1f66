package org.silhouettes.core.drift;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * How a model learns after a drift with {@link DriftAction#ADAPT}.
 *
 * @param updates duration after the last drift
 * @param boost factor on the learning rate
 * @param forgetting forgetting factor of the alternating update
 * @param resetAfter updates without use after which an atom or group is re-initialised; 0 keeps the usual value
 */
public record DriftResponse(
        @Setting(
                        key = "drift.updates",
                        min = 1,
                        max = 1_000_000,
                        unit = "updates",
                        help = "Duration of drift.action=adapt after the last drift.")
                int updates,
        @Setting(
                        key = "drift.boost",
                        min = 1,
                        max = 1000,
                        help = "Factor on learner.learning-rate during drift.action=adapt.")
                double boost,
        @Setting(
                        key = "drift.forgetting",
                        min = 0.001,
                        max = 1,
                        help = "Forgetting factor of the alternating update during drift.action=adapt.")
                double forgetting,
        @Setting(
                        key = "drift.reset-after",
                        formerly = "drift.revive-after",
                        min = 0,
                        max = 1_000_000,
                        unit = "updates",
                        help = "Value of dead-atoms.reset-after during drift.action=adapt; 0 keeps the usual value.")
                int resetAfter)
        implements Serializable {

    public DriftResponse {
        SettingRecords.check(DriftResponse.class, updates, boost, forgetting, resetAfter);
    }
}
