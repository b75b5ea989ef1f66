package org.silhouettes.job.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.learner.StreamImage;

/** The JSON of codes records: one image's active groups, each with its norm and its nonzero units. */
final class CodeJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    /** @param units whether the units' values are in it */
    byte[] bytes(
            String model,
            StreamImage image,
            float[] centred,
            CodeBatch codes,
            int b,
            long version,
            boolean learn,
            boolean units) {
        bytes.reset();
        DictionaryShape shape = codes.shape();
        int values = shape.values();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", model);
            if (image.id() != null) {
                json.writeStringField("id", image.id());
            }
            if (image.label() != null) {
                json.writeStringField("label", image.label());
            }
            json.writeNumberField("version", version);
            json.writeBooleanField("learn", learn);
            json.writeNumberField("error", codes.squaredErrors()[b] / values);
            json.writeNumberField("energy", meanSquare(centred, b * values, values));
            json.writeArrayFieldStart("groups");
            for (int g = 0; g < shape.groups(); g++) {
                float norm = codes.groupNorms()[b * shape.groups() + g];
                if (norm > 0) {
                    group(json, codes, b, g, norm, units);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void group(JsonGenerator json, CodeBatch codes, int b, int g, float norm, boolean units)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("group", g);
        json.writeNumberField("norm", norm);
        if (units) {
            json.writeArrayFieldStart("units");
            int groupSize = codes.shape().groupSize();
            int from = b * codes.shape().atoms() + g * groupSize;
            for (int k = 0; k < groupSize; k++) {
                float value = codes.codes()[from + k];
                if (value != 0) {
                    json.writeStartArray();
                    json.writeNumber(k);
                    json.writeNumber(value);
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static float meanSquare(float[] centred, int from, int values) {
        double sum = 0;
        for (int i = from; i < from + values; i++) {
            sum += (double) centred[i] * centred[i];
        }
        return (float) (sum / values);
    }

    /** A JSON array of texts. */
    static String array(List<String> texts) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toString();
    }
}
