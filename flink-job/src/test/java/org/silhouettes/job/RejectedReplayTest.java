package org.silhouettes.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.silhouettes.job.kafka.OutRecordKafkaSerializer;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.RejectedRecords;
import org.silhouettes.job.record.Rejection;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** On Kafka's own in-memory clients. */
class RejectedReplayTest {

    private static final TopicPartition REJECTED = new TopicPartition("rejected", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void recordsGoBackAsTheyCameWithoutWhatTheJobAdded() {
        RawRecord raw = TestImages.raw("bars", 3, Headers.TOPIC, "the sender's own");
        rejected(0, raw, 1_000_000);
        // a tombstone was rejected as such: it goes back, too
        rejected(1, new RawRecord(raw.key(), null, raw.headers(), "images", 0, 9), 1_000_000);

        RejectedReplay.Report report = replay(2).run();

        assertThat(report).isEqualTo(new RejectedReplay.Report(2, 0, 0));
        assertThat(producer.history()).hasSize(2);
        ProducerRecord<byte[], byte[]> back = producer.history().get(0);
        assertThat(back.topic()).isEqualTo("images");
        assertThat(back.key()).isEqualTo(raw.key());
        assertThat(back.value()).isEqualTo(raw.value());
        Header[] headers = back.headers().toArray();
        assertThat(headers).hasSize(raw.headers().size());
        for (int i = 0; i < headers.length; i++) {
            assertThat(headers[i].key()).isEqualTo(raw.headers().name(i));
            assertThat(headers[i].value()).isEqualTo(raw.headers().value(i));
        }
        assertThat(producer.consumerGroupOffsetsHistory().get(1).values())
                .containsExactly(Map.of(REJECTED, new OffsetAndMetadata(2)));
    }

    @Test
    void theRunOfTheModelThatRefusedARecordStaysBehindAndTheSendersOwnHeaderOfThatNameGoesBack() {
        RawRecord raw = TestImages.raw("bars", 3, Headers.RUN, "the sender's own");
        rejected(0, RejectedRecords.of(raw, new Rejection(RejectReason.SHAPE, "wrong"), "0123456789abcdef", 1_000_000));
        rejected(1, raw, 1_000_000);

        replay(2).run();

        assertThat(producer.history()).hasSize(2).allSatisfy(back -> assertThat(
                        back.headers().toArray())
                .hasSize(raw.headers().size())
                .extracting(Header::key, header -> new String(header.value(), StandardCharsets.UTF_8))
                .endsWith(tuple(Headers.RUN, "the sender's own")));
    }

    @Test
    void whatTheJobLeftOutForItsSizeIsCountedAndNotPutBack() {
        rejected(0, TestImages.raw("bars", 0, "padding", "x".repeat(2000)), 2000);
        RawRecord large = TestImages.raw("bars", 1);
        RawRecord value = new RawRecord(large.key(), new byte[5000], large.headers(), "images", 0, 1);
        rejected(1, value, 2000);
        assertThat(replay(2).run()).isEqualTo(new RejectedReplay.Report(0, 2, 0));
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aFailureAbortsTheTransactionAndNothingIsReplayed() {
        rejected(0, TestImages.raw("bars", 0), 1_000_000);
        producer.commitTransactionException = new IllegalStateException("broker gone");
        RejectedReplay replay = replay(1);
        assertThatThrownBy(replay::run).hasMessage("broker gone");
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aCopyIsNoRecordOfTheReplayThatSentTheOriginal() {
        rejected(0, TestImages.raw("bars", 0, Headers.REPLAY, "0123456789ab/0"), 1_000_000);
        replay(1).run();
        assertThat(producer.history().get(0).headers().lastHeader(Headers.REPLAY))
                .isNull();
    }

    @Test
    void recordsThatTheJobDidNotRejectAreCountedAndNotPutBack() {
        rejected(0, TestImages.raw("bars", 0), 1_000_000);
        foreign(1);
        ConsumerRecord<byte[], byte[]> nulls = new ConsumerRecord<>("rejected", 0, 2, null, new byte[1]);
        for (String name : List.of("reason", "topic", "partition", "offset")) {
            nulls.headers().add(name, null);
        }
        consumer.schedulePollTask(() -> consumer.addRecord(nulls));
        assertThat(replay(3).run()).isEqualTo(new RejectedReplay.Report(1, 0, 2));
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void aTopicWithoutRejectedRecordsIsRefusedAndItsRecordsAreLeft() {
        prepare();
        foreign(0);
        RejectedReplay replay = replay(1);
        assertThatThrownBy(replay::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("topic \"rejected\" holds 1 records, none of which the job rejected")
                .hasMessageContaining("-Dtopics.rejected=NAME");
        assertThat(producer.history()).isEmpty();
        assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
    }

    private void foreign(long offset) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("rejected", 0, offset, null, new byte[1]);
        consumer.schedulePollTask(() -> consumer.addRecord(record));
    }

    private void prepare() {
        Node[] nodes = {Node.noNode()};
        consumer.updatePartitions("rejected", List.of(new PartitionInfo("rejected", 0, nodes[0], nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(REJECTED, 0L));
    }

    private RejectedReplay replay(long end) {
        consumer.updateEndOffsets(Map.of(REJECTED, end));
        return new RejectedReplay(consumer, producer, "rejected", "images");
    }

    private void rejected(long offset, RawRecord raw, long maxBytes) {
        rejected(offset, RejectedRecords.of(raw, new Rejection(RejectReason.SHAPE, "wrong"), maxBytes));
    }

    private void rejected(long offset, WireRecord rejected) {
        if (offset == 0) {
            prepare();
        }
        ProducerRecord<byte[], byte[]> record =
                new OutRecordKafkaSerializer("rejected").serialize(rejected, null, null);
        ConsumerRecord<byte[], byte[]> consumed =
                new ConsumerRecord<>("rejected", 0, offset, record.key(), record.value());
        record.headers().forEach(header -> consumed.headers().add(header));
        consumer.schedulePollTask(() -> consumer.addRecord(consumed));
    }
}
