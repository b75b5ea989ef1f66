package org.silhouettes.wire.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Array values in JSON: five decimals, which is a fifth of what a float takes in full when most are 0. */
final class Decimals extends JsonSerializer<float[]> {

    private static final double SCALE = 1e5;

    @Override
    public void serialize(float[] values, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeStartArray();
        for (float value : values) {
            if (value == 0 || !Float.isFinite(value)) {
                json.writeNumber(0);
            } else {
                json.writeNumber(Math.rint(value * SCALE) / SCALE);
            }
        }
        json.writeEndArray();
    }
}
