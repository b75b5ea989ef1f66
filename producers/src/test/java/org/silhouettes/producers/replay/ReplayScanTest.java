package org.silhouettes.producers.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReplayScanTest {

    private static final String OWN = "0123456789ab";
    private static final String OTHER = "ba9876543210";
    private static final Map<Integer, Long> WHOLE = Map.of(0, 0L);

    private final ReplayScan scan = scan(Spread.COPY);

    @Test
    void recordsOfAllPartitionsCount() {
        positions(0, 3).forEach(position -> add(0, position));
        positions(3, 8).forEach(position -> add(3, position));
        assertThat(has(scan.result(Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L)), 10))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aRecordThatIsMissingBetweenOthersIsNotTakenForSent() {
        positions(0, 10).filter(position -> position != 4).forEach(position -> add(0, position));
        assertThat(has(scan.result(WHOLE), 12)).containsExactly(0L, 1L, 2L, 3L, 5L, 6L, 7L, 8L, 9L);
    }

    @Test
    void whatRetentionRemovedCountsAsSent() {
        positions(5, 8).forEach(position -> add(0, position));
        assertThat(has(scan.result(Map.of(0, 100L)), 10)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void theLastTimeCountsWhereTheReplayWasSentTwice() {
        positions(0, 10).forEach(position -> add(0, position));
        positions(0, 3).forEach(position -> add(0, position));
        assertThat(has(scan.result(WHOLE), 12)).containsExactly(0L, 1L, 2L);
    }

    @Test
    void headersThatAreNoMarksAreNoMarks() {
        for (byte[] header : new byte[][] {
            null, {}, {-1, -2}, "0123456789ab/99999999999999999999".getBytes(UTF_8), (OWN + "/-1").getBytes(UTF_8)
        }) {
            scan.add(record("m", 0, header));
        }
        ConsumerRecord<byte[], byte[]> noKey = new ConsumerRecord<>("images", 0, 0, null, null);
        noKey.headers().add("replay", (OWN + "/0").getBytes(UTF_8));
        scan.add(noKey);
        assertThat(scan.result(WHOLE)).isEqualTo(Resumption.NONE);

        ConsumerRecord<byte[], byte[]> noType = record("m", 0, (OWN + "/0").getBytes(UTF_8));
        noType.headers().add("content-type", null);
        scan.add(noType);
        assertThat(has(scan.result(WHOLE), 3)).containsExactly(0L);
    }

    @Test
    void modelsThatTakeTurnsHaveTheirOwnFirstImages() {
        ReplayScan turns = scan(Spread.DEAL);
        turns.add(record("m", 0, (OWN + "/0").getBytes(UTF_8)));
        turns.add(record("n", 0, (OWN + "/1").getBytes(UTF_8)));
        turns.add(record("n", 0, (OWN + "/3").getBytes(UTF_8)));
        Resumption found = turns.result(WHOLE);
        assertThat(List.of(found.has("m", 0, false), found.has("m", 2, false))).containsExactly(true, false);
        assertThat(List.of(found.has("n", 1, false), found.has("n", 3, false), found.has("n", 5, false)))
                .containsExactly(true, true, false);
    }

    @Test
    void whatCannotBeToldIsRefused() {
        assertThat(scan(Spread.COPY).result(Map.of(0, 0L, 1, 0L))).isEqualTo(Resumption.NONE);
        assertThatThrownBy(() -> scan(Spread.COPY).result(Map.of(0, 0L, 1, 7L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "option from is topic, but topic images holds no image of this replay for model \"m\", and its"
                                + " partition 1 begins at offset 7: the images may have been sent and removed since. Say from which"
                                + " image on with --from N; --from 0 sends all of them");

        positions(5, 8).forEach(position -> add(0, position));
        assertThatThrownBy(() -> scan.result(WHOLE))
                .hasMessageContaining(
                        "holds images 5 to 7 of this replay for model \"m\", but none before, and nothing was"
                                + " removed");

        ReplayScan another = scan(Spread.COPY);
        another.add(record("m", 0, (OTHER + "/3").getBytes(UTF_8)));
        assertThatThrownBy(() -> another.result(WHOLE)).hasMessageContaining("is another replay's");

        ReplayScan twice = scan(Spread.COPY);
        twice.add(record("m", 0, (OWN + "/0").getBytes(UTF_8)));
        twice.add(record("m", 1, (OWN + "/0").getBytes(UTF_8)));
        assertThatThrownBy(() -> twice.result(Map.of(0, 0L, 1, 0L))).hasMessageContaining("in partitions [0, 1]");
    }

    @Test
    void newestImagesMayHaveBeenRemovedFromThePartitionThatTheModelGoesToNow() {
        add(0, 0);
        Map<Integer, Long> begins = Map.of(0, 0L, 1, 5L, 2, 5L, 3, 5L, 4, 5L, 5, 5L, 6, 5L);
        // murmur2 of "m" modulo 7 is another than partition 0, which the assertion below relies on
        assertThatThrownBy(() -> scan.result(begins)).hasMessageContaining("may have been the newest images of model");
    }

    @Test
    void theRestOfAReplayWithAGapIsTheGapAndTheEnd() throws IOException {
        NumberedSource source = new NumberedSource(9);
        ReplayOptions options = ReplayOptions.builder()
                .models("m")
                .labels(Labels.delayed(2))
                .pacing(new Pacing.Rate(1))
                .build();
        ManualTicker ticker = new ManualTicker();
        MockProducer<byte[], byte[]> whole =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        new Replay(source, options, Resumption.NONE, whole, Progress.silent(), ticker).run();
        ReplayScan partly = new ReplayScan(ReplayMark.fingerprint(source, options), options);
        List<Integer> lost = List.of(3, 6, 15, 16, 17);
        for (int i = 0; i < whole.history().size(); i++) {
            if (!lost.contains(i)) {
                partly.add(ReplayTest.consumed(whole.history().get(i), 0));
            }
        }
        MockProducer<byte[], byte[]> rest =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        Replay.rest(source, options, partly.result(WHOLE), rest, Progress.silent(), ticker)
                .run();
        assertThat(rest.history().stream().map(record -> record.headers().toString()))
                .containsExactlyElementsOf(lost.stream()
                        .map(i -> whole.history().get(i).headers().toString())
                        .toList());
    }

    private static List<Long> has(Resumption found, long end) {
        return positions(0, end)
                .filter(position -> found.has("m", position, false))
                .boxed()
                .toList();
    }

    private static LongStream positions(long from, long to) {
        return LongStream.range(from, to);
    }

    private void add(int partition, long position) {
        scan.add(record("m", partition, (OWN + "/" + position).getBytes(UTF_8)));
    }

    private static ConsumerRecord<byte[], byte[]> record(String model, int partition, byte[] mark) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("images", partition, 0, model.getBytes(UTF_8), new byte[1]);
        record.headers().add("replay", mark);
        return record;
    }

    private static ReplayScan scan(Spread spread) {
        ReplayOptions.Builder options = ReplayOptions.builder().spread(spread);
        return new ReplayScan(
                OWN,
                spread == Spread.DEAL
                        ? options.models("m", "n").build()
                        : options.models("m").build());
    }
}
