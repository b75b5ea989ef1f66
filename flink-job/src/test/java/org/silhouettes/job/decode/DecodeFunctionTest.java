package org.silhouettes.job.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.ImageRecordSerializer;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;

class DecodeFunctionTest {

    /** 169 bytes: behind FF01 an outer frame of 30000x30000 pixels that hides in a segment of a parser that gives FF01 a length. */
    private static final String BEHIND_TEM =
            "/9j/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
                    + "EBAQEBAQEBD/xAAUAAEAAAAAAAAAAAAAAAAAAAAA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP8BABP/wAALCHUwdTABAREA//4AD//AAAsIABAAEAEBEQD"
                    + "/2gAIAQEAAD8AAAAAAAAAAAD/2Q==";

    @Test
    void aPoisonRecordIsRejectedWithItsCoordinatesAndTheNextIsDecoded() throws Exception {
        try (var harness = harness(PictureLimits.DEFAULTS)) {
            harness.open();
            harness.processElement(
                    new StreamRecord<>(record(Headers.JPEG, Base64.getDecoder().decode(BEHIND_TEM), 7)));
            harness.processElement(new StreamRecord<>(TestImages.raw("m", 8)));
            assertThat(harness.extractOutputValues()).hasSize(1);
            assertRejected(harness, "7", "picture: JPEG is damaged: the marker ff 01");
        }
    }

    @Test
    void aPictureThatTheHeapCannotHoldIsRejected() throws Exception {
        // limits that let 2 GB of pixels through, and compressed bytes enough to hold them
        try (var harness = harness(new PictureLimits(1 << 24, Integer.MAX_VALUE))) {
            harness.open();
            harness.processElement(new StreamRecord<>(record(Headers.PNG, largePng(), 3)));
            assertRejected(harness, "3", "picture: PNG");
        }
    }

    @Test
    void whatTheOperatorsBehindThrowIsNoRejection() throws Exception {
        var function = new DecodeFunction(settings(PictureLimits.DEFAULTS));
        try (var harness = new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function))) {
            harness.setup(new FailingSerializer());
            harness.open();
            assertThatThrownBy(() -> harness.processElement(new StreamRecord<>(TestImages.raw("m", 1))))
                    .hasStackTraceContaining("the next operator fails");
            assertThat(harness.getSideOutput(Outputs.REJECTED)).isNullOrEmpty();
        }
    }

    private static void assertRejected(
            OneInputStreamOperatorTestHarness<RawRecord, ImageRecord> harness, String offset, String reason) {
        assertThat(harness.getSideOutput(Outputs.REJECTED)).hasSize(1);
        WireRecord rejected = harness.getSideOutput(Outputs.REJECTED).peek().getValue();
        assertThat(rejected.headers().text(Headers.OFFSET)).isEqualTo(offset);
        assertThat(rejected.headers().text(Headers.REASON)).startsWith(reason);
    }

    private static RawRecord record(String type, byte[] value, long offset) {
        return new RawRecord(
                new byte[] {'m'}, value, RecordHeaders.of(Headers.CONTENT_TYPE, type), "images", 0, offset);
    }

    private static byte[] largePng() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        png.write(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(26_000)
                        .putInt(26_000)
                        .put((byte) 8)
                        .put((byte) 2)
                        .array()));
        png.write(chunk("IDAT", new byte[2_100_000]));
        png.write(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static DecodeSettings settings(PictureLimits limits) {
        return new DecodeSettings(ChannelMode.GRAY, 200, limits.maxBytes(), limits.maxPixels(), 200, 1_000_000);
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, ImageRecord> harness(PictureLimits limits)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new DecodeFunction(settings(limits))));
    }

    /** Stands for the next operator: the harness copies what it is handed. */
    private static final class FailingSerializer extends TypeSerializerSingleton<ImageRecord> {
        @Override
        public ImageRecord copy(ImageRecord from) {
            throw new IllegalStateException("the next operator fails");
        }

        @Override
        public ImageRecord copy(ImageRecord from, ImageRecord reuse) {
            return copy(from);
        }

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public ImageRecord createInstance() {
            return null;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(ImageRecord record, DataOutputView target) throws IOException {
            ImageRecordSerializer.INSTANCE.serialize(record, target);
        }

        @Override
        public ImageRecord deserialize(DataInputView source) throws IOException {
            return ImageRecordSerializer.INSTANCE.deserialize(source);
        }

        @Override
        public ImageRecord deserialize(ImageRecord reuse, DataInputView source) throws IOException {
            return deserialize(source);
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) throws IOException {
            serialize(deserialize(source), target);
        }

        @Override
        public TypeSerializerSnapshot<ImageRecord> snapshotConfiguration() {
            return ImageRecordSerializer.INSTANCE.snapshotConfiguration();
        }
    }
}
