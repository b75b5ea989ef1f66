package org.silhouettes.job.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.silhouettes.job.record.Command;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.Headers;

/** Reads control records: a JSON object with a field {@code command}; other fields are ignored. */
final class ControlRecords {

    /** Longest value of a control record, bytes. */
    static final int MAX_BYTES = 10_000;

    private static final String COMMAND = "command";
    private static final String EXPECTED = ": send {\"command\": \"" + Command.DELETE.label() + "\"}";
    private static final int SHOWN = 40;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ControlRecords() {}

    static Command command(RawRecord record) throws Rejection {
        byte[] value = record.value();
        if (value == null || value.length == 0) {
            throw rejection("the value is " + (value == null ? "null" : "empty") + EXPECTED);
        }
        if (value.length > MAX_BYTES) {
            throw rejection(
                    "the value has " + value.length + " bytes, a control record has at most " + MAX_BYTES + EXPECTED);
        }
        JsonNode command = json(value).get(COMMAND);
        if (command == null || !command.isTextual()) {
            throw rejection("the field " + COMMAND + " is " + (command == null ? "missing" : "no text") + EXPECTED);
        }
        String label = command.textValue();
        return Command.of(label)
                .orElseThrow(() -> rejection("command \""
                        + (label.length() > SHOWN ? label.substring(0, SHOWN) + "…" : label)
                        + "\" is not supported by this release" + EXPECTED));
    }

    private static JsonNode json(byte[] value) throws Rejection {
        JsonNode json;
        try {
            json = JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw rejection("the value is no valid JSON ("
                    + e.getOriginalMessage().lines().findFirst().orElse("") + ")" + EXPECTED);
        } catch (IOException e) {
            throw rejection("the value is no text in UTF-8" + EXPECTED);
        }
        if (!json.isObject()) {
            throw rejection("the value is no JSON object" + EXPECTED);
        }
        return json;
    }

    private static Rejection rejection(String message) {
        return new Rejection(RejectReason.CONTROL, "content type " + Headers.CONTROL + ": " + message);
    }
}
