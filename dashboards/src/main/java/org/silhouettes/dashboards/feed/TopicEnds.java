package org.silhouettes.dashboards.feed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks where a topic's partitions end. */
final class TopicEnds {

    private final Admin admin;
    private final String topic;

    TopicEnds(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /**
     * Ends by partition; empty without the topic.
     *
     * @param stable last stable offsets: readers of committed records get as far
     * @param high offsets of the next record; beyond the stable one while a transaction is open
     */
    record Ends(Map<TopicPartition, Long> stable, Map<TopicPartition, Long> high) {}

    Ends read() throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        try {
            for (TopicPartitionInfo partition : KafkaMonitor.get(
                            admin.describeTopics(List.of(topic)).allTopicNames())
                    .get(topic)
                    .partitions()) {
                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return new Ends(Map.of(), Map.of());
            }
            throw e;
        }
        Map<TopicPartition, Long> stable = offsets(latest, IsolationLevel.READ_COMMITTED);
        return new Ends(stable, offsets(latest, IsolationLevel.READ_UNCOMMITTED));
    }

    private Map<TopicPartition, Long> offsets(Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> all = KafkaMonitor.get(
                admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all());
        all.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }
}
