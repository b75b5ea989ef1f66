package org.silhouettes.dashboards.probe;

import java.util.HashMap;
import java.util.Map;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.settings.DeclaredSetting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.linalg.LinalgBackend;

/** Reads the encoder's settings out of an activity report, which names every setting of the model. */
public final class Encoders {

    private Encoders() {}

    /**
     * The encoder of a model, computed with the vector back end whatever back end the job uses.
     *
     * @param settings the report's {@code settings}; settings that it lacks are those of the paper
     * @throws IllegalArgumentException naming the setting, the allowed values and the given one
     */
    public static EncoderSettings of(Map<String, String> settings) {
        Map<String, Object> values = new HashMap<>();
        for (DeclaredSetting setting : SettingRecords.declared(EncoderSettings.class)) {
            String text = settings.getOrDefault(setting.key(), "");
            if (!text.isEmpty()) {
                values.put(setting.key(), setting.parse(text));
            }
        }
        return SettingRecords.with(EncoderSettings.PAPER, values).withBackend(LinalgBackend.VECTOR);
    }
}
