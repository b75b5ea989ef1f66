package org.silhouettes.job.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.job.TestImages;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.Command;

class RecordSerializersTest {

    @Test
    void recordsComeBackAsTheyWere() throws IOException {
        RawRecord raw = new RawRecord(
                null,
                new byte[] {1, 2, 3},
                new RecordHeaders(new String[] {"a", "é", "a"}, new byte[][] {{4}, null, {}}),
                "topic",
                7,
                1L << 40);
        RawRecord copy = copied(raw, RawRecordSerializer.INSTANCE);
        assertThat(copy.key()).isNull();
        assertThat(copy.value()).containsExactly(1, 2, 3);
        assertThat(copy.headers().name(1)).isEqualTo("é");
        assertThat(copy.headers().value(1)).isNull();
        assertThat(copy.headers().value(2)).isEmpty();
        assertThat(copy.offset()).isEqualTo(1L << 40);

        ImageRecord image = TestImages.image("bars", 5, false, true);
        ImageRecord asItCame = copied(image, ImageRecordSerializer.INSTANCE);
        assertThat(asItCame.samples())
                .isEqualTo(image.samples())
                .isSameAs(asItCame.origin().value());
        assertThat(asItCame).usingRecursiveComparison().isEqualTo(image);

        ImageRecord converted = new ImageRecord(
                "m", new ImageShape(1, 2, 1), new StreamImage(new byte[] {8, 9}, null, null, true), false, false, raw);
        assertThat(copied(converted, ImageRecordSerializer.INSTANCE))
                .usingRecursiveComparison()
                .isEqualTo(converted);

        ImageRecord control = ImageRecord.control("m", Command.DELETE, false, raw);
        assertThat(copied(control, ImageRecordSerializer.INSTANCE))
                .usingRecursiveComparison()
                .isEqualTo(control);

        WireRecord tombstone = new WireRecord("key", null, RecordHeaders.of("n", "v"));
        assertThat(copied(tombstone, OutRecordSerializer.INSTANCE))
                .usingRecursiveComparison()
                .isEqualTo(tombstone);

        WireRecord out = new WireRecord("key", new byte[] {5}, RecordHeaders.of("n", "v"));
        assertThat(copied(out, OutRecordSerializer.INSTANCE))
                .usingRecursiveComparison()
                .isEqualTo(out);
    }

    @Test
    void everyTypeOfTheGraphBringsItsOwnSerializer() {
        ExecutionConfig config = new ExecutionConfig();
        for (RecordTypeInfo<?> type :
                new RecordTypeInfo<?>[] {RecordTypeInfo.RAW, RecordTypeInfo.IMAGE, RecordTypeInfo.OUT}) {
            assertThat(type.createSerializer(config.getSerializerConfig())).isInstanceOf(RecordSerializer.class);
        }
    }

    @Test
    void anUpperBoundOfTheBytesOnTheWireIsOne() {
        WireRecord out = new WireRecord("key", new byte[1000], RecordHeaders.of("name", "värde"));
        assertThat(out.bytes()).isBetween(1000L + 3 + 4 + 6, 1300L);
    }

    private static <T> T copied(T record, TypeSerializer<T> serializer) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T copy = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        DataOutputSerializer again = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), again);
        assertThat(again.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        return copy;
    }
}
