package org.silhouettes.wire.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.silhouettes.wire.ChannelModels;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.RunId;
import org.silhouettes.wire.WireFormat;
import org.silhouettes.wire.WireRecord;

/** Each message is read back as it was written, and readers keep to the rules of the format. */
class MessagesTest {

    private static final ModelVersion VERSION = new ModelVersion("digits", "0123456789abcdef", 7);
    private static final HeaderTexts TEXTS = new HeaderTexts(100, 100);

    @Test
    void imagesAreReadBackWithTheirContent() throws Exception {
        byte[] value = {1, 2, 3, 4};
        ImageMessage raw = new ImageMessage(
                "digits",
                ImageContent.raw(value, 2, 2, 1),
                "seven",
                "#1",
                false,
                true,
                new ImageMessage.Replayed(null, "mark"));
        ImageMessage read = (ImageMessage) InputMessage.decode(raw.encode(), TEXTS);
        assertThat(read.content().bytes()).isSameAs(value);
        assertThat(read).usingRecursiveComparison().ignoringFields("replayed").isEqualTo(raw);
        assertThat(ImageMessage.Replayed.mark(raw.encode())).contains("mark");

        ImageMessage png = new ImageMessage(
                "digits", ImageContent.file("image/png", value), null, null, true, false, ImageMessage.Replayed.NONE);
        assertThat(InputMessage.decode(png.encode(), TEXTS))
                .usingRecursiveComparison()
                .isEqualTo(png);
    }

    @Test
    void labelsAndCommandsAreReadBack() throws Exception {
        LabelMessage label = new LabelMessage("digits", "seven", "#1", ImageMessage.Replayed.NONE);
        assertThat(InputMessage.decode(label.encode(), TEXTS)).isEqualTo(label);
        assertThat(LabelMessage.is(label.encode())).isTrue();
        ControlMessage delete = new ControlMessage("digits", Command.DELETE);
        assertThat(InputMessage.decode(delete.encode(), TEXTS)).isEqualTo(delete);
        WireRecord more = new WireRecord(
                "digits",
                "{\"x\":1,\"command\":\"delete\"}".getBytes(UTF_8),
                delete.encode().headers());
        assertThat(InputMessage.decode(more, TEXTS)).isEqualTo(delete);
    }

    @Test
    void dictionariesAreReadBack() {
        DictionaryMessage.Whole whole = new DictionaryMessage.Whole(VERSION, 2, 64, "settings", "sha");
        for (int group = DictionaryKey.MEAN; group < 2; group++) {
            DictionaryMessage message = new DictionaryMessage(whole, group, new byte[] {1});
            assertThat(DictionaryMessage.decode(message.encode())).isEqualTo(message);
            assertThat(DictionaryKey.parse(message.encode().key())).contains(new DictionaryKey("digits", group));
        }
        assertThat(DictionaryKey.parse("a/b/mean".getBytes(UTF_8))).contains(new DictionaryKey("a/b", -1));
        assertThat(DictionaryKey.parse("mean".getBytes(UTF_8))).isEmpty();
        assertThat(DictionaryKey.parse("a/first".getBytes(UTF_8))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DictionaryMessage.Whole(VERSION, 2_000_000_000, 0, "", ""))
                .withMessage("groups is 2000000000, it must be 1 to 10000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DictionaryMessage(whole, 2, null))
                .withMessage("group is 2, of 2 groups");
    }

    @Test
    void deletionsAreReadBackTheMeanImageLast() {
        List<DictionaryDeletion> deletions = DictionaryDeletion.all("digits", "run", 2).stream()
                .map(record -> DictionaryDeletion.decode(record).orElseThrow())
                .toList();
        assertThat(deletions).extracting(deletion -> deletion.key().group()).containsExactly(0, 1, DictionaryKey.MEAN);
        assertThat(deletions).allMatch(deletion -> deletion.run().equals(Optional.of("run")));
    }

    @Test
    void silhouettesAreReadBack() {
        SilhouetteMessage atoms = SilhouetteMessage.atoms(VERSION, 3, new byte[] {1});
        assertThat(SilhouetteMessage.decode(atoms.encode())).isEqualTo(atoms);
        SilhouetteMessage classes = SilhouetteMessage.classes(VERSION, List.of("a \"b\"", "ö"), 5, new byte[] {1});
        assertThat(SilhouetteMessage.decode(classes.encode())).isEqualTo(classes);
    }

    @Test
    void codesAreReadBackWithAndWithoutUnits() {
        CodeMessage code = SampleMessages.code();
        WireRecord record = code.encode("run");
        assertThat(new String(record.value(), UTF_8))
                .isEqualTo("{\"model\":\"digits\",\"id\":\"#1\",\"version\":7,\"learn\":false,\"error\":0.1,"
                        + "\"energy\":0.25,\"groups\":[{\"group\":2,\"norm\":0.5,\"units\":[[0,0.3],[3,-0.4]]}]}");
        assertThat(CodeMessage.decode(record)).isEqualTo(code);
        assertThat(code.unitCount()).isEqualTo(2);
        CodeMessage norms = code.withoutUnits();
        assertThat(CodeMessage.decode(norms.encode("run"))).isEqualTo(norms);
        assertThat(norms.unitCount()).isZero();
    }

    @Test
    void activityIsReadBackAndUnknownFieldsAreIgnored() {
        String json = "{\"model\":\"m\",\"version\":3,\"learned\":9,\"encoded\":9,\"unencoded\":0,"
                + "\"emittedAtMillis\":5,\"image\":{\"height\":2,\"width\":3,\"channels\":1},\"groups\":2,\"groupSize\":4,"
                + "\"phase\":\"learning\",\"settingsHash\":\"h\",\"settings\":{\"encoder.lambda\":\"0.5\"},"
                + "\"window\":{\"images\":8,\"mse\":0.123456789,\"nmi\":1.0},\"step\":0.01,\"revivedAtoms\":0,"
                + "\"revivedGroups\":0,\"group\":{\"share\":[0,0.5],\"active\":[1.0],\"energy\":[0.12346]},"
                + "\"unit\":{\"active\":[0.25]},\"classes\":[{\"label\":\"a\",\"images\":1,\"windowImages\":1,"
                + "\"groupNorm\":[0.5],\"unitActivity\":[],\"strongest\":[1.0]}],\"classesLeftOut\":2,"
                + "\"lateLabels\":{\"joined\":0,\"unmatched\":0,\"imagesWaiting\":0},\"rejected\":1,"
                + "\"marks\":[{\"version\":2,\"kind\":\"drift\",\"detector\":\"adwin\",\"signal\":\"error\",\"detail\":\"d\"}]}";
        ActivityMessage message = ActivityMessage.parse(json.getBytes(UTF_8));
        assertThat(new String(message.json(), UTF_8)).isEqualTo(json);
        assertThat(message.hasUnits()).isTrue();
        assertThat(new String(message.brief().json(), UTF_8)).doesNotContain("classes", "marks", "share");
        String newer = "{\"later\":{\"x\":[1]}," + json.substring(1).replace("\"mse\"", "\"later\":[],\"mse\"");
        assertThat(new String(ActivityMessage.parse(newer.getBytes(UTF_8)).json(), UTF_8))
                .isEqualTo(json);
        assertThat(ActivityMessage.number(Double.NaN)).isNull();
        assertThatThrownBy(() -> ActivityMessage.parse("{\"model\":\"m\"}".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'version'");
    }

    @Test
    void rejectedRecordsAreReadBack() {
        WireRecord original = new WireRecord(
                "digits", new byte[] {1}, RecordHeaders.of("reason", "the sender's own", "format", "1.0", "run", "x"));
        RecordPosition origin = new RecordPosition("images", 2, 17);
        for (String run : new String[] {"0123456789abcdef", null}) {
            RejectedMessage message = new RejectedMessage(original, "shape: wrong", origin, run, false);
            assertThat(RejectedMessage.decode(message.encode()))
                    .get()
                    .usingRecursiveComparison()
                    .isEqualTo(message);
        }
        assertThat(RejectedMessage.decode(original)).isEmpty();
    }

    @Test
    void rejectedRecordsThatAreTooLargeSayThatTheirValueWasOmitted() {
        WireRecord original = new WireRecord("digits", new byte[5000], RecordHeaders.of("id", "1"));
        RejectedMessage message =
                new RejectedMessage(original, "shape: wrong", new RecordPosition("images", 0, 1), null, false);
        RejectedMessage bare =
                RejectedMessage.decode(message.encodeWithin(1000)).orElseThrow();
        assertThat(bare.valueOmitted()).isTrue();
        assertThat(bare.original().value()).isNull();
        assertThat(bare.original().headers().text("id")).isEqualTo("1");
        assertThat(message.encodeWithin(10_000).value()).hasSize(5000);
    }

    @Test
    void rejectedRecordsOfFormat10SayItInTheirReason() {
        WireRecord old = new WireRecord(
                "digits",
                null,
                RecordHeaders.of(
                        "reason",
                        "shape: wrong (left out here, as it exceeds output.max-record-bytes: the value)",
                        "topic",
                        "images",
                        "partition",
                        "0",
                        "offset",
                        "1"));
        assertThat(RejectedMessage.decode(old).orElseThrow().valueOmitted()).isTrue();
        WireRecord tombstone = new WireRecord(
                "digits",
                null,
                RecordHeaders.of("reason", "no-image: null", "topic", "images", "partition", "0", "offset", "1"));
        assertThat(RejectedMessage.decode(tombstone).orElseThrow().valueOmitted())
                .isFalse();
    }

    @Test
    void recordsWithoutFormatAreReadAndNewerMajorVersionsAreRefused() {
        assertThat(CodeMessage.decode(code(RecordHeaders.NONE)).model()).isEqualTo("m");
        assertThat(CodeMessage.decode(code(RecordHeaders.of("format", "1.99"))).model())
                .isEqualTo("m");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMessage.decode(code(RecordHeaders.of("format", "2.0"))))
                .withMessage(
                        "header format is 2.0, this release reads 1.x: update the reader, or write with a release of"
                                + " that format");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CodeMessage.decode(code(RecordHeaders.of("format", "new"))))
                .withMessage("header format is \"new\": a version such as " + WireFormat.CURRENT + " is expected");
        WireRecord image =
                new WireRecord("m", new byte[1], RecordHeaders.of("content-type", "image/png", "format", "3"));
        assertThatThrownBy(() -> InputMessage.decode(image, TEXTS)).isInstanceOf(MessageException.class);
        assertThat(ActivityMessage.run(code(RecordHeaders.NONE))).isEqualTo(RunId.EARLIER);
    }

    @Test
    void theNameAloneDoesNotMakeAModelAChannel() {
        assertThat(ChannelModels.index("car.red", Map.of("image.channels", "gray")))
                .isEqualTo(-1);
        assertThat(ChannelModels.index("car.red", Map.of())).isEqualTo(-1);
        assertThat(ChannelModels.index("car.green", Map.of("image.channels", "split")))
                .isEqualTo(1);
        assertThat(ChannelModels.images("car.green", 1)).isEqualTo("car");
        assertThat(ChannelModels.names("car")).containsExactly("car.red", "car.green", "car.blue");
    }

    private static WireRecord code(RecordHeaders headers) {
        return new WireRecord("m", "{\"model\":\"m\",\"groups\":[]}".getBytes(UTF_8), headers);
    }
}
