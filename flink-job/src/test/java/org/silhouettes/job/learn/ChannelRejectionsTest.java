package org.silhouettes.job.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.silhouettes.job.learn.OperatorHarness.smallModels;

import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.job.TestImages;
import org.silhouettes.job.record.ImageRecord;
import org.silhouettes.job.record.Outputs;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** One record per image that models of split channels refuse, whichever of the three they are. */
class ChannelRejectionsTest {

    @Test
    void aChannelThatAloneRefusesAnImageLeavesARecordThatNamesIt() throws Exception {
        try (OperatorHarness job = OperatorHarness.start(smallModels("image.channels", "split", "models.max", "2"))) {
            for (String channel : List.of("red", "green", "blue")) {
                ImageRecord image = TestImages.image("c." + channel, 0);
                StreamImage anonymous = new StreamImage(image.samples(), null, null, true);
                job.process(new ImageRecord(
                        image.model(), image.shape(), anonymous, false, channel.equals("red"), image.origin()));
            }
            assertThat(job.output(Outputs.REJECTED)).isEmpty();
            assertThat(job.output(Outputs.CHANNEL_REJECTED)).singleElement().satisfies(record -> assertThat(
                            record.headers().text(Headers.REASON))
                    .startsWith("model-count: channel blue: model \"c.blue\" is not started"));
        }
    }

    @Test
    void anImageThatTheFirstChannelRefusedTooHasOneRecordWhicheverComesFirst() throws Exception {
        try (var channels = harness()) {
            channels.processElement2(rejection(1, "channel green"));
            channels.processElement1(rejection(1, "first"));
            channels.processElement2(rejection(1, "channel blue"));
            channels.processElement2(rejection(2, "channel green"));
            channels.processElement2(rejection(2, "channel blue"));
            channels.processElement1(rejection(3, "first"));
            channels.processElement2(rejection(4, "channel blue"));
            assertThat(offsets(channels)).containsExactly("1", "3");
            channels.getOperator().prepareSnapshotPreBarrier(1);
            assertThat(offsets(channels)).containsExactly("1", "3", "2", "4");
            assertThat(channels.extractOutputValues().get(2).headers().text(Headers.REASON))
                    .contains("channel green");
            channels.processElement2(rejection(5, "channel green"));
            channels.getOperator().finish();
            assertThat(offsets(channels)).endsWith("5").hasSize(5);
        }
    }

    @Test
    void whatIsKeptUntilTheBarrierIsBounded() throws Exception {
        try (var channels = harness()) {
            for (int n = 0; n < 50; n++) {
                channels.processElement2(rejection(n, "channel green", 1_000_000));
            }
            assertThat(offsets(channels)).hasSizeBetween(15, 20).startsWith("0", "1");
            channels.getOperator().prepareSnapshotPreBarrier(1);
            assertThat(offsets(channels)).hasSize(50).doesNotHaveDuplicates();
        }
    }

    private static TwoInputStreamOperatorTestHarness<WireRecord, WireRecord, WireRecord> harness() throws Exception {
        var harness = new TwoInputStreamOperatorTestHarness<>(new ChannelRejections());
        harness.open();
        return harness;
    }

    private static StreamRecord<WireRecord> rejection(long offset, String text) {
        return rejection(offset, text, 1);
    }

    private static StreamRecord<WireRecord> rejection(long offset, String text, int bytes) {
        RawRecord image = TestImages.raw("c", 0);
        RawRecord raw = new RawRecord(image.key(), new byte[bytes], image.headers(), "images", 2, offset);
        WireRecord record = RejectedRecords.of(raw, new Rejection(RejectReason.SHAPE, text), null, Integer.MAX_VALUE);
        return new StreamRecord<>(record);
    }

    private static List<String> offsets(TwoInputStreamOperatorTestHarness<WireRecord, WireRecord, WireRecord> harness) {
        return harness.extractOutputValues().stream()
                .map(record -> record.headers().text(Headers.OFFSET))
                .toList();
    }
}
