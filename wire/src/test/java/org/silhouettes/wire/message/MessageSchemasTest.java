package org.silhouettes.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schemas of docs/schemas are those of the message records, and what is written on Kafka is valid. */
class MessageSchemasTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void theFilesAreGenerated() throws IOException {
        for (Map.Entry<String, String> file : MessageSchemas.files().entrySet()) {
            assertThat(Files.readString(ROOT.resolve(file.getKey())))
                    .as(
                            "%s; write it with class %s from the root of the project",
                            file.getKey(), MessageSchemas.class.getName())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void activityIsValidInWarmUpAndWithEveryField() {
        for (ActivityMessage message : List.of(SampleMessages.warmUp(), SampleMessages.learning())) {
            assertThat(errors("activity", message.json())).isEmpty();
        }
    }

    @Test
    void codesAreValidWithAndWithoutUnits() {
        CodeMessage code = SampleMessages.code();
        assertThat(errors("codes", code.encode("0123456789abcdef").value())).isEmpty();
        assertThat(errors(
                        "codes", code.withoutUnits().encode("0123456789abcdef").value()))
                .isEmpty();
    }

    @Test
    void commandsAreValid() {
        for (Command command : Command.values()) {
            assertThat(errors(
                            "control",
                            new ControlMessage("digits", command).encode().value()))
                    .isEmpty();
        }
    }

    @Test
    void fieldsOfAnotherTypeAreNotValid() {
        assertThat(errors("activity", "{\"version\": \"seven\"}")).isNotEmpty();
        assertThat(errors("codes", "{\"groups\": 3}")).isNotEmpty();
        assertThat(errors("control", "{\"command\": \"forget\"}")).isNotEmpty();
        assertThat(errors("control", "{}")).isNotEmpty();
    }

    private static Set<ValidationMessage> errors(String schema, byte[] json) {
        return errors(schema, new String(json, StandardCharsets.UTF_8));
    }

    private static Set<ValidationMessage> errors(String schema, String json) {
        JsonSchema compiled = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(MessageSchemas.files().get("docs/schemas/" + schema + ".json"));
        return compiled.validate(json, InputFormat.JSON);
    }
}
