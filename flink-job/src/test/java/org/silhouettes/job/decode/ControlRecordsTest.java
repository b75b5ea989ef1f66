package org.silhouettes.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.message.Command;

class ControlRecordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"command\": \"delete\"}",
                " {\"command\":\"delete\"} \n",
                "{\"reason\": {\"by\": [1, null]}, \"command\": \"delete\", \"format\": 9}"
            })
    void aDeleteCommandIsReadAndUnknownFieldsAreIgnored(String json) throws Exception {
        assertThat(decode(Map.of(), "m", json.getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.command()).isEqualTo(Command.DELETE);
                    assertThat(record.model()).isEqualTo("m");
                    assertThat(record.isLateLabel()).isFalse();
                });
    }

    @Test
    void splitChannelsAreDeletedTogether() throws Exception {
        List<ImageRecord> records = decode(
                Map.of("image.channels", "split"), "m", "{\"command\":\"delete\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(records).extracting(ImageRecord::model).containsExactly("m.red", "m.green", "m.blue");
        assertThat(records).extracting(ImageRecord::primary).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command\": \"reset\"} | command \"reset\" is not supported by this release",
                "{\"command\": \"settings\"} | command \"settings\" is not supported",
                "{\"command\": \"rollback\"} | command \"rollback\" is not supported",
                "{\"command\": \"freeze\"} | command \"freeze\" is not supported",
                "{\"command\": \"DELETE\"} | command \"DELETE\" is not supported",
                "{\"command\": \"\"} | command \"\" is not supported",
                "{\"command\": 7} | the field command is no text",
                "{\"command\": null} | the field command is no text",
                "{\"command\": [\"delete\"]} | the field command is no text",
                "{\"Command\": \"delete\"} | the field command is missing",
                "{} | the field command is missing",
                "[] | the value is no JSON object",
                "\"delete\" | the value is no JSON object",
                "delete | the value is no valid JSON",
                "{\"command\": \"delete\" | the value is no valid JSON",
                "{\"command\": \"delete\"} {} | the value is no valid JSON",
                "{\"command\": \"delete\", \"command\": \"freeze\"} | the value is no valid JSON",
                "'   ' | the value is no JSON object"
            })
    void whatIsNoSupportedCommandIsRejectedWithTheRemedy(String json, String message) {
        assertRejected(json.getBytes(StandardCharsets.UTF_8), message);
    }

    @Test
    void extremeValuesAreRejected() {
        assertRejected(null, "the value is null");
        assertRejected(new byte[0], "the value is empty");
        assertRejected(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, "the value is no ");
        assertRejected(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, "the value is no ");
        assertRejected("[".repeat(9_999).getBytes(StandardCharsets.UTF_8), "the value is no valid JSON");
        assertRejected(new byte[10_001], "the value has 10001 bytes, a control record has at most 10000");
        assertRejected(new byte[5_000_000], "the value has 5000000 bytes");
        assertRejected(
                ("{\"command\":\"" + "x".repeat(9_000) + "\"}").getBytes(StandardCharsets.UTF_8),
                "command \"" + "x".repeat(40) + "…\"");
    }

    private static void assertRejected(byte[] value, String message) {
        assertThatThrownBy(() -> decode(Map.of(), "m", value))
                .isInstanceOfSatisfying(Rejection.class, rejection -> assertThat(rejection.reason())
                        .isEqualTo(RejectReason.CONTROL))
                .hasMessageContaining(message)
                .hasMessageEndingWith(": send {\"command\": \"delete\"}");
    }

    private static List<ImageRecord> decode(Map<String, String> options, String model, byte[] value) throws Rejection {
        RecordHeaders headers = RecordHeaders.of(Headers.CONTENT_TYPE, "Application/x-control+json; charset=utf-8");
        RawRecord raw = new RawRecord(model.getBytes(StandardCharsets.UTF_8), value, headers, "images", 0, 3);
        return new RecordDecoder(JobSettings.from(options).decode()).decode(raw);
    }
}
