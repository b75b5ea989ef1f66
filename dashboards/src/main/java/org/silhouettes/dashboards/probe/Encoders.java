package org.silhouettes.dashboards.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.encoder.Shrinkage;
import org.silhouettes.core.encoder.StepRule;
import org.silhouettes.core.encoder.Unrolling;

/** Reads the encoder's settings out of an activity report, which names every setting of the model. */
public final class Encoders {

    private Encoders() {}

    /** @param settings the report's {@code settings}; what it lacks is as in the paper */
    public static EncoderSettings of(JsonNode settings) {
        EncoderSettings paper = EncoderSettings.PAPER;
        return new EncoderSettings(
                number(settings, "encoder.lambda", paper.lambda()),
                number(settings, "encoder.step", paper.step()),
                choice(settings, "encoder.step-rule", StepRule.class, paper.stepRule()),
                (int) number(settings, "encoder.layers", paper.layers()),
                choice(settings, "encoder.unrolling", Unrolling.class, paper.unrolling()),
                choice(settings, "encoder.shrinkage", Shrinkage.class, paper.shrinkage()));
    }

    private static double number(JsonNode settings, String key, double otherwise) {
        String text = settings.path(key).asText("");
        try {
            return text.isEmpty() ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " of this model is \"" + text + "\", not a number", e);
        }
    }

    private static <E extends Enum<E>> E choice(JsonNode settings, String key, Class<E> type, E otherwise) {
        String text = settings.path(key).asText("");
        return text.isEmpty()
                ? otherwise
                : Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
