package org.silhouettes.dashboards.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** On Kafka's own in-memory consumer. */
class TopicReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition("activity", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    TopicReaderTest() {
        Node[] nodes = {Node.noNode()};
        consumer.updatePartitions("activity", List.of(new PartitionInfo("activity", 0, nodes[0], nodes, nodes)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 1L));
    }

    @Test
    void anErrorEndsTheReaderVisibly() {
        consumer.schedulePollTask(() -> consumer.addRecord(record()));
        try (TopicReader reader = reader(item -> {
            throw new OutOfMemoryError("made by the test");
        })) {
            reader.start();
            Awaitility.await().atMost(PATIENCE).until(() -> reader.failure().isPresent());
            assertThat(reader.failure())
                    .contains("the reader of [activity]: java.lang.OutOfMemoryError: made by the test");
        }
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOver() {
        consumer.schedulePollTask(() -> consumer.addRecord(record()));
        try (TopicReader reader = reader(item -> {
            throw new StackOverflowError("made by the test");
        })) {
            reader.start();
            Awaitility.await().atMost(PATIENCE).until(() -> reader.progress() == 1);
            assertThat(reader.refused()).isEqualTo(1);
            assertThat(reader.failure()).isEmpty();
        }
    }

    @Test
    void whatKafkaRefusesIsTold() {
        consumer.setPollException(new TopicAuthorizationException("Not authorized to access topics: [activity]"));
        try (TopicReader reader = reader(item -> {})) {
            reader.start();
            Awaitility.await().atMost(PATIENCE).until(() -> reader.refusal().isPresent());
            assertThat(reader.refusal().orElseThrow()).contains("Not authorized to access topics: [activity]");
        }
    }

    private TopicReader reader(RecordSink sink) {
        return new TopicReader("test", List.of("activity"), Long.MAX_VALUE, () -> consumer, sink);
    }

    private static ConsumerRecord<byte[], byte[]> record() {
        return new ConsumerRecord<>("activity", 0, 0, new byte[1], new byte[1]);
    }
}
