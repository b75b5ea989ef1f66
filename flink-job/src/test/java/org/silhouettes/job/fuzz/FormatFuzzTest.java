package org.silhouettes.job.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.job.decode.DecodeSettings;
import org.silhouettes.job.decode.RecordDecoder;
import org.silhouettes.job.record.ChannelMode;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.ImageRecordSerializer;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;

/**
 * Records changed at the level of their formats' structure: each is decoded or rejected with a reason, within memory and work
 * that are linear in its bytes and the pixels that it makes the decoder decode, which the limit bounds. {@code -Dfuzz.seeds=1,2} tries other seeds in the long run.
 */
class FormatFuzzTest {

    private static final PictureLimits LIMITS = new PictureLimits(1 << 20, 40_000);

    /** Bytes that decoding may allocate: readers, colour spaces and messages. */
    private static final long BASE_BYTES = 512 << 10;
    /** Copies of the record: the decoder's stream, the picture without its trailing bytes, header texts. */
    private static final long PER_BYTE = 8;
    /** Image, samples and row, of three channels, and once more where a padded JPEG is decoded twice. */
    private static final long PER_PIXEL = 24;

    private static final int SCANS = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<RejectReason, Integer> rejections = new EnumMap<>(RejectReason.class);
    private int images;
    private long largest;

    @Test
    void threeThousandRecordsAreDecodedOrRejected() throws IOException {
        run(1, 3000);
        assertThat(images).isGreaterThan(200);
        assertThat(rejections).containsKeys(RejectReason.PICTURE, RejectReason.HEADER, RejectReason.MODEL_NAME);
    }

    @Tag("faults")
    @ParameterizedTest
    @MethodSource("seeds")
    void aHundredThousandRecordsAreDecodedOrRejected(long seed) throws IOException {
        run(seed, 100_000);
        System.out.printf(
                "fuzz: seed %d, %d decoded, rejected %s, at most %d bytes allocated%n",
                seed, images, rejections, largest);
    }

    static LongStream seeds() {
        return List.of(System.getProperty("fuzz.seeds", "1").split(",")).stream()
                .mapToLong(Long::parseLong);
    }

    private void run(long seed, int count) throws IOException {
        RecordMutator records = new RecordMutator(seed);
        RecordDecoder[] decoders = {decoder(ChannelMode.GRAY), decoder(ChannelMode.JOINT), decoder(ChannelMode.SPLIT)};
        for (int i = 0; i < 100; i++) {
            requireDecoded(decoders[i % 2], records.good(i));
        }
        for (int i = 0; i < count; i++) {
            RecordDecoder decoder = decoders[i % decoders.length];
            RawRecord record = records.next(i);
            try {
                check(decoder, record);
            } catch (Throwable e) {
                throw new AssertionError("record " + i + " of seed " + seed, e);
            }
            if (i % 10 == 0) {
                requireDecoded(decoders[i / 10 % 2], records.good(i / 10));
            }
        }
    }

    private void check(RecordDecoder decoder, RawRecord record) throws IOException {
        long scans = decoder.work().scans();
        long pixels = decoder.work().pixels();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        List<ImageRecord> decoded = List.of();
        Rejection rejection = null;
        try {
            decoded = decoder.decode(record);
        } catch (Rejection e) {
            rejection = e;
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        scans = decoder.work().scans() - scans;
        pixels = decoder.work().pixels() - pixels;
        long bytes = record.headers().bytes() + length(record.key()) + length(record.value());
        assertThat(allocated)
                .as("bytes allocated")
                .isLessThanOrEqualTo(BASE_BYTES + PER_BYTE * bytes + PER_PIXEL * pixels);
        assertThat(scans).as("scans").isLessThanOrEqualTo(2 * SCANS);
        assertThat(pixels).as("decoded pixels").isLessThanOrEqualTo(2 * LIMITS.maxPixels());
        largest = Math.max(largest, allocated);
        if (rejection == null) {
            images++;
            requirePassesOn(decoded);
        } else {
            rejections.merge(rejection.reason(), 1, Integer::sum);
            assertThat(rejection.getMessage()).isNotBlank().hasSizeLessThan(1000);
            assertThat(RejectedRecords.of(record, rejection, 1_000_000).bytes()).isLessThanOrEqualTo(1_000_000);
        }
    }

    private static void requirePassesOn(List<ImageRecord> decoded) throws IOException {
        assertThat(decoded).isNotEmpty();
        for (ImageRecord image : decoded) {
            assertThat(image.samples())
                    .hasSize(image.shape() == null ? 0 : image.shape().values());
            ImageRecordSerializer.INSTANCE.serialize(image, new DataOutputSerializer(1000));
        }
    }

    private static void requireDecoded(RecordDecoder decoder, RawRecord record) {
        try {
            assertThat(decoder.decode(record)).hasSize(1);
        } catch (Rejection e) {
            throw new AssertionError("a good record is rejected: " + e.text(), e);
        }
    }

    private static RecordDecoder decoder(ChannelMode mode) {
        return new RecordDecoder(new DecodeSettings(mode, 200, LIMITS.maxBytes(), LIMITS.maxPixels(), 200, 1_000_000));
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
