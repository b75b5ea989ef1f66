package org.silhouettes.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.imaging.PngEncoder;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

class RecordDecoderTest {

    private static final byte[] COLOUR_PNG =
            PngEncoder.encode(new Picture(new ImageShape(1, 2, 3), new byte[] {(byte) 200, 100, 50, 10, 20, 30}));
    private static final byte[] KEY = {'m'};

    @Test
    void aRawImageKeepsItsVeryBytesAndAllThatItsHeadersSay() throws Rejection {
        RawRecord raw = TestImages.raw("bars", 3, Headers.LEARN, "false", Headers.FLUSH, "true");
        ImageRecord image = decode(ChannelMode.GRAY, raw).get(0);
        assertThat(image.samples()).isSameAs(raw.value());
        assertThat(image.model()).isEqualTo("bars");
        assertThat(image.id()).isEqualTo("#3");
        assertThat(image.label()).isEqualTo(raw.headers().text(Headers.LABEL));
        assertThat(image.learn()).isFalse();
        assertThat(image.flush()).isTrue();
        assertThat(image.origin()).isSameAs(raw);
    }

    @Test
    void colourIsGrayJointOrSplitAsTheModeHasIt() throws Rejection {
        RawRecord png = record(KEY, COLOUR_PNG, Headers.CONTENT_TYPE, "Image/PNG; q=1");
        assertThat(decode(ChannelMode.GRAY, png).get(0).samples()).containsExactly(124, 18);
        ImageRecord joint = decode(ChannelMode.JOINT, png).get(0);
        assertThat(joint.shape().channels()).isEqualTo(3);
        assertThat(joint.samples()).containsExactly((byte) 200, 100, 50, 10, 20, 30);
        List<ImageRecord> split = decode(ChannelMode.SPLIT, png);
        assertThat(split).extracting(ImageRecord::model).containsExactly("m.red", "m.green", "m.blue");
        assertThat(split).extracting(ImageRecord::primary).containsExactly(true, false, false);
        assertThat(split.get(1).samples()).containsExactly(100, 20);
        assertRejected(ChannelMode.SPLIT, TestImages.raw("bars", 0), RejectReason.SHAPE, "image.channels=split");
    }

    @Test
    void aLateLabelIsALabelWithoutAnImage() throws Rejection {
        String[] headers = {Headers.CONTENT_TYPE, "Application/X-Label; q=1", Headers.ID, "#3", Headers.LABEL, "cat"};
        for (byte[] none : new byte[][] {null, new byte[0]}) {
            ImageRecord label =
                    decode(ChannelMode.GRAY, record(KEY, none, headers)).get(0);
            assertThat(label.isLateLabel()).isTrue();
            assertThat(label.model()).isEqualTo("m");
            assertThat(label.id()).isEqualTo("#3");
            assertThat(label.label()).isEqualTo("cat");
            assertThat(label.learn()).isFalse();
        }
        assertThat(decode(ChannelMode.GRAY, TestImages.raw("bars", 3)).get(0).isLateLabel())
                .isFalse();
        List<ImageRecord> split = decode(ChannelMode.SPLIT, record(KEY, new byte[0], headers));
        assertThat(split).extracting(ImageRecord::model).containsExactly("m.red", "m.green", "m.blue");
        assertThat(split).extracting(ImageRecord::primary).containsExactly(true, false, false);
    }

    @Test
    void aLateLabelWithoutAnIdWithoutATextOrWithAValueIsRejected() {
        byte[] none = new byte[0];
        String[] type = {Headers.CONTENT_TYPE, Headers.LATE_LABEL};
        assertRejected(
                record(KEY, none, type[0], type[1], Headers.LABEL, "cat"),
                RejectReason.LABEL,
                "header id is missing or empty");
        assertRejected(
                record(KEY, none, type[0], type[1], Headers.ID, "#3", Headers.LABEL, ""),
                RejectReason.LABEL,
                "header label is missing or empty");
        assertRejected(
                record(KEY, COLOUR_PNG, type[0], type[1], Headers.ID, "#3", Headers.LABEL, "cat"),
                RejectReason.LABEL,
                "the value has " + COLOUR_PNG.length + " bytes");
    }

    @Test
    void whatIsNoModelNameIsRejected() {
        assertRejected(record(null, COLOUR_PNG), RejectReason.MODEL_NAME, "the key is null");
        assertRejected(record(new byte[0], COLOUR_PNG), RejectReason.MODEL_NAME, "the key is empty");
        assertRejected(record(new byte[201], COLOUR_PNG), RejectReason.MODEL_NAME, "201 bytes");
        assertRejected(record(new byte[] {'a', (byte) 0xc3}, COLOUR_PNG), RejectReason.MODEL_NAME, "not UTF-8");
        assertRejected(record(new byte[] {'a', '\n'}, COLOUR_PNG), RejectReason.MODEL_NAME, "control characters");
    }

    @Test
    void whatIsNoImageIsRejected() {
        assertRejected(record(KEY, null), RejectReason.NO_IMAGE, "tombstone");
        assertRejected(record(KEY, new byte[0]), RejectReason.NO_IMAGE, "empty");
        assertRejected(record(KEY, COLOUR_PNG), RejectReason.CONTENT_TYPE, "content-type is missing");
        assertRejected(
                record(KEY, COLOUR_PNG, Headers.CONTENT_TYPE, "image/gif"), RejectReason.CONTENT_TYPE, "\"image/gif\"");
        assertRejected(
                record(KEY, Arrays.copyOf(COLOUR_PNG, 40), Headers.CONTENT_TYPE, Headers.PNG),
                RejectReason.PICTURE,
                "PNG is cut short");
        assertRejected(record(KEY, COLOUR_PNG, Headers.CONTENT_TYPE, Headers.JPEG), RejectReason.PICTURE, "not a JPEG");
    }

    @Test
    void headersOfARawImageAreRead() {
        assertRejected(raw("28", "28", null), RejectReason.HEADER, "header channels is missing");
        assertRejected(raw("28", "wide", "1"), RejectReason.HEADER, "header height is \"wide\"");
        assertRejected(raw("-28", "28", "1"), RejectReason.HEADER, "header width is \"-28\"");
        assertRejected(raw("", "28", "1"), RejectReason.HEADER, "header width is \"\"");
        assertRejected(raw("99999999999", "28", "1"), RejectReason.HEADER, "at most 9 digits");
        // a claim of 100 MB with 4 bytes behind it
        assertRejected(raw("10000", "10000", "1"), RejectReason.PICTURE, "10000x10000 pixels");
        assertRejected(raw("2", "1", "1"), RejectReason.PICTURE, "needs 2");
        assertRejected(raw("1", "1", "4"), RejectReason.PICTURE, "4 channels");
        assertRejected(raw("0", "28", "1"), RejectReason.PICTURE, "at least 1");
    }

    @Test
    void textsAndFlagsAreChecked() {
        assertRejected(TestImages.raw("m", 0, Headers.LEARN, "no"), RejectReason.HEADER, "header learn is \"no\"");
        assertRejected(TestImages.raw("m", 0, Headers.FLUSH, "1"), RejectReason.HEADER, "header flush is \"1\"");
        assertRejected(
                TestImages.raw("m", 0, Headers.LABEL, "x".repeat(201)), RejectReason.HEADER, "label has 201 bytes");
        RecordHeaders latin = new RecordHeaders(new String[] {Headers.ID}, new byte[][] {{(byte) 0xe9}});
        assertRejected(new RawRecord(KEY, COLOUR_PNG, latin, "images", 0, 0), RejectReason.HEADER, "id is not UTF-8");
    }

    @Test
    void theLastOfRepeatedHeadersCountsAndANullOneIsMissing() throws Rejection {
        RawRecord raw = TestImages.raw("m", 0, Headers.LABEL, "first", Headers.LABEL, "last");
        assertThat(decode(ChannelMode.GRAY, raw).get(0).label()).isEqualTo("last");
        RecordHeaders nulled = new RecordHeaders(
                new String[] {Headers.CONTENT_TYPE, Headers.LABEL},
                new byte[][] {Headers.PNG.getBytes(StandardCharsets.UTF_8), null});
        assertThat(decode(ChannelMode.GRAY, new RawRecord(KEY, COLOUR_PNG, nulled, "images", 0, 0))
                        .get(0)
                        .label())
                .isNull();
    }

    @Test
    void aRejectedRecordIsAsItCameWithReasonAndCoordinatesBehind() {
        RawRecord raw = TestImages.raw("bars", 7, Headers.LEARN, "maybe");
        Rejection rejection = catchThrowableOfType(Rejection.class, () -> decode(ChannelMode.GRAY, raw));
        WireRecord rejected = RejectedRecords.of(raw, rejection, 1_000_000);
        assertThat(rejected.key()).isSameAs(raw.key());
        assertThat(rejected.value()).isSameAs(raw.value());
        assertThat(rejected.headers().size()).isEqualTo(raw.headers().size() + 5);
        assertThat(rejected.headers().name(0)).isEqualTo(Headers.CONTENT_TYPE);
        assertThat(rejected.headers().text(Headers.REASON))
                .isEqualTo("header: header learn is \"maybe\": true or false is expected");
        assertThat(rejected.headers().text(Headers.TOPIC)).isEqualTo("images");
        assertThat(rejected.headers().text(Headers.PARTITION)).isEqualTo("0");
        assertThat(rejected.headers().text(Headers.OFFSET)).isEqualTo("7");
    }

    @Test
    void aRejectedRecordIsNeverOverTheBrokersLimit() {
        Rejection rejection = new Rejection(RejectReason.PICTURE, "no");
        RawRecord large = record(KEY, new byte[500_000], Headers.CONTENT_TYPE, Headers.PNG);
        assertThat(RejectedRecords.of(large, rejection, 600_000).value()).hasSize(500_000);
        WireRecord bare = RejectedRecords.of(large, rejection, 500_000);
        assertThat(bare.value()).isNull();
        assertThat(bare.key()).isEqualTo(KEY);
        assertThat(bare.headers().text(Headers.REASON)).contains("output.max-record-bytes: the value");
        RawRecord headers = record(KEY, new byte[1], "x", "y".repeat(500_000));
        WireRecord coordinates = RejectedRecords.of(headers, rejection, 500_000);
        assertThat(coordinates.bytes()).isLessThan(1000);
        assertThat(coordinates.headers().text(Headers.OFFSET)).isEqualTo("0");
    }

    @Test
    void whateverComesTheDecoderGivesAnImageOrARejection() {
        long seed = System.nanoTime();
        System.out.println("whateverComesTheDecoderGivesAnImageOrARejection: seed " + seed);
        Random random = new Random(seed);
        RecordDecoder decoder = decoder(ChannelMode.GRAY);
        String[] names = {
            Headers.CONTENT_TYPE,
            Headers.WIDTH,
            Headers.HEIGHT,
            Headers.CHANNELS,
            Headers.LABEL,
            Headers.ID,
            "learn",
            "flush",
            "other"
        };
        String[] values = {
            Headers.RAW, Headers.PNG, Headers.JPEG, "1", "2", "3", "28", "true", "false", "", "é", "9".repeat(9)
        };
        int images = 0;
        int rejections = 0;
        for (int i = 0; i < 20_000; i++) {
            int headers = random.nextInt(9);
            String[] headerNames = new String[headers];
            byte[][] headerValues = new byte[headers][];
            for (int h = 0; h < headers; h++) {
                headerNames[h] = names[i % 3 == 0 ? h : random.nextInt(names.length)];
                headerValues[h] = random.nextInt(10) == 0
                        ? noise(random, 6)
                        : values[random.nextInt(values.length)].getBytes(StandardCharsets.UTF_8);
            }
            byte[] value = random.nextInt(3) == 0 ? COLOUR_PNG.clone() : noise(random, 7);
            if (value != null && value.length > 8 && random.nextBoolean()) {
                value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] key = random.nextInt(5) == 0 ? noise(random, 3) : KEY;
            RawRecord record = new RawRecord(key, value, new RecordHeaders(headerNames, headerValues), "images", 0, i);
            try {
                List<ImageRecord> out = decoder.decode(record);
                assertThat(out.get(0).samples()).hasSize(out.get(0).shape().values());
                images++;
            } catch (Rejection e) {
                assertThat(e.text()).startsWith(e.reason().label() + ": ");
                rejections++;
            }
        }
        assertThat(images).isGreaterThan(20);
        assertThat(rejections).isGreaterThan(10_000);
    }

    private static byte[] noise(Random random, int longest) {
        byte[] bytes = new byte[random.nextInt(longest)];
        random.nextBytes(bytes);
        return random.nextInt(10) == 0 ? null : bytes;
    }

    private static RawRecord raw(String width, String height, String channels) {
        List<String> headers = new ArrayList<>(List.of(Headers.CONTENT_TYPE, Headers.RAW));
        headers.addAll(List.of(Headers.WIDTH, width, Headers.HEIGHT, height));
        if (channels != null) {
            headers.addAll(List.of(Headers.CHANNELS, channels));
        }
        return record(KEY, new byte[4], headers.toArray(String[]::new));
    }

    private static RawRecord record(byte[] key, byte[] value, String... headers) {
        return new RawRecord(key, value, RecordHeaders.of(headers), "images", 0, 0);
    }

    private static void assertRejected(RawRecord record, RejectReason reason, String part) {
        assertRejected(ChannelMode.GRAY, record, reason, part);
    }

    private static void assertRejected(ChannelMode mode, RawRecord record, RejectReason reason, String part) {
        Rejection rejection = catchThrowableOfType(Rejection.class, () -> decode(mode, record));
        assertThat(rejection).isNotNull();
        assertThat(rejection.reason()).isEqualTo(reason);
        assertThat(rejection.getMessage()).contains(part);
    }

    private static List<ImageRecord> decode(ChannelMode mode, RawRecord record) throws Rejection {
        return decoder(mode).decode(record);
    }

    private static RecordDecoder decoder(ChannelMode mode) {
        return new RecordDecoder(new DecodeSettings(
                mode, 200, PictureLimits.DEFAULTS.maxBytes(), PictureLimits.DEFAULTS.maxPixels(), 200, 1_000_000));
    }
}
