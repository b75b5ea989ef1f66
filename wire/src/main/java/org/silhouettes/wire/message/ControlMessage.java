package org.silhouettes.wire.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.MessageException.Fault;

/** A command to a model: a JSON object with the field {@code command}; other fields are ignored. */
public record ControlMessage(String model, Command command) implements InputMessage {

    /** Longest value of a control record, bytes. */
    public static final int MAX_BYTES = 10_000;

    private static final String COMMAND = "command";
    private static final String EXPECTED = ": send {\"command\": \"" + Command.DELETE.label() + "\"}";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public WireRecord encode() {
        return new WireRecord(
                model,
                MessageJson.bytes(Map.of(COMMAND, command.label())),
                RecordHeaders.of(Headers.CONTENT_TYPE, Headers.CONTROL, Headers.FORMAT, WireFormat.CURRENT));
    }

    static ControlMessage decode(String model, byte[] value) throws MessageException {
        if (value == null || value.length == 0) {
            throw fault("the value is " + (value == null ? "null" : "empty") + EXPECTED);
        }
        if (value.length > MAX_BYTES) {
            throw fault(
                    "the value has " + value.length + " bytes, a control record has at most " + MAX_BYTES + EXPECTED);
        }
        JsonNode command = json(value).get(COMMAND);
        if (command == null || !command.isTextual()) {
            throw fault("the field " + COMMAND + " is " + (command == null ? "missing" : "no text") + EXPECTED);
        }
        String label = command.textValue();
        return new ControlMessage(
                model,
                Command.of(label)
                        .orElseThrow(() -> fault("command " + HeaderTexts.quoted(label)
                                + " is not supported by this release" + EXPECTED)));
    }

    private static JsonNode json(byte[] value) throws MessageException {
        JsonNode json;
        try {
            json = JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw fault("the value is no valid JSON ("
                    + e.getOriginalMessage().lines().findFirst().orElse("") + ")" + EXPECTED);
        } catch (IOException e) {
            throw fault("the value is no text in UTF-8" + EXPECTED);
        }
        if (!json.isObject()) {
            throw fault("the value is no JSON object" + EXPECTED);
        }
        return json;
    }

    private static MessageException fault(String message) {
        return new MessageException(Fault.CONTROL, "content type " + Headers.CONTROL + ": " + message);
    }
}
