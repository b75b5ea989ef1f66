package org.silhouettes.wire.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** How the JSON of messages is written and read: fields without a value are left out, unknown fields are ignored. */
final class MessageJson {

    static final ObjectMapper MAPPER = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private MessageJson() {}

    static byte[] bytes(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a message cannot be written to memory", e);
        }
    }

    static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a message cannot be written to memory", e);
        }
    }

    /** Writes the JSON, and fails where the stream does. */
    static void write(Object message, OutputStream out) throws IOException {
        MAPPER.writeValue(out, message);
    }

    /**
     * Reads a message.
     *
     * @param what names it in an error
     * @throws IllegalArgumentException where it is no JSON, or of another form
     */
    static <T> T read(byte[] json, Class<T> type, String what) {
        try {
            T message = json == null ? null : MAPPER.readValue(json, type);
            if (message == null) {
                throw new IllegalArgumentException(what + " is empty: a JSON text is expected");
            }
            return message;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(what + " cannot be read: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The number, or none where it is not finite: JSON has no name for it. */
    static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
