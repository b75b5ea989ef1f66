package org.silhouettes.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class TopicScanTest {

    private static final TopicPartition FIRST = new TopicPartition("images", 0);
    private static final TopicPartition SECOND = new TopicPartition("images", 1);

    private final MockConsumer<String, String> consumer = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final List<String> values = new ArrayList<>();

    private void topic(long firstEnd, long secondEnd) {
        Node[] none = {};
        consumer.updatePartitions(
                "images",
                List.of(
                        new PartitionInfo("images", 0, Node.noNode(), none, none),
                        new PartitionInfo("images", 1, Node.noNode(), none, none)));
        // records before offset 3 of the first partition are deleted
        consumer.updateBeginningOffsets(Map.of(FIRST, 3L, SECOND, 0L));
        consumer.updateEndOffsets(Map.of(FIRST, firstEnd, SECOND, secondEnd));
    }

    private void arrive(TopicPartition partition, long offset) {
        consumer.addRecord(new ConsumerRecord<>(
                "images", partition.partition(), offset, "key", partition.partition() + "@" + offset));
    }

    @Test
    void readsFromTheFirstRecordThatExistsToThePresentEnd() {
        topic(5, 1);
        consumer.schedulePollTask(() -> {
            arrive(FIRST, 3);
            arrive(SECOND, 0);
        });
        consumer.schedulePollTask(() -> arrive(FIRST, 4));
        TopicScan.whole(consumer, "images", records -> records.forEach(record -> values.add(record.value())));
        assertThat(values).containsExactlyInAnyOrder("0@3", "0@4", "1@0");
    }

    @Test
    void endsByPositionsWhereTheLastOffsetHoldsNoRecord() {
        topic(5, 0);
        consumer.schedulePollTask(() -> arrive(FIRST, 3));
        // offset 4 is the marker of a transaction
        consumer.schedulePollTask(() -> consumer.seek(FIRST, 5));
        TopicScan.whole(consumer, "images", records -> records.forEach(record -> values.add(record.value())));
        assertThat(values).containsExactly("0@3");
    }

    @Test
    void aTopicThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> TopicScan.whole(consumer, "images", records -> {}))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessageContaining("images");
    }

    @Test
    void aBrokerThatSendsNothingEndsTheScan() {
        topic(5, 0);
        TopicScan.assignBeginning(consumer, List.of(FIRST, SECOND));
        assertThatThrownBy(() -> TopicScan.toEnd(consumer, Map.of(FIRST, 5L), Duration.ZERO, records -> {}))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("images-0")
                .hasMessageContaining("check the brokers");
    }

    @Test
    void aReadThatIsStoppedSaysSo() {
        topic(5, 0);
        TopicScan.assignBeginning(consumer, List.of(FIRST, SECOND));
        assertThat(TopicScan.read(consumer, Map.of(FIRST, 5L), () -> true, records -> {}))
                .isFalse();
    }
}
