package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.dashboards.KafkaSource;

/**
 * Whether Kafka answers, and how far the job's consumer group is behind. The job commits its offsets with its checkpoints,
 * so the lag steps down once a checkpoint.
 */
public final class KafkaWatch implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 4000;

    /**
     * @param reachable whether the cluster answered last time
     * @param sinceMillis since when that has been so
     * @param lag images in the topic that the group has not committed; −1 where it has committed none
     * @param committed sum of the group's committed offsets
     * @param committedAtMillis when that sum last grew
     * @param end images in the topic: sum of the partitions' end offsets; −1 without the topic
     */
    public record Reading(
            boolean reachable, long sinceMillis, long lag, long committed, long committedAtMillis, long end) {}

    private final String topic;
    private final String group;
    private final Supplier<Admin> admins;
    private volatile Admin admin;
    private volatile Reading reading;

    /** @param admins asked for a client at the first look, so that it holds up no start */
    KafkaWatch(KafkaSource source, Supplier<Admin> admins, long nowMillis) {
        this.topic = source.topics().images();
        this.group = source.jobGroup();
        this.admins = admins;
        this.reading = new Reading(true, nowMillis, -1, -1, nowMillis, -1);
    }

    public Reading reading() {
        return reading;
    }

    /** Asks Kafka once more; takes some seconds where it does not answer. */
    void look(long nowMillis) throws InterruptedException {
        Reading before = reading;
        try {
            if (admin == null) {
                admin = admins.get();
            }
            admin.describeCluster().nodes().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            Map<TopicPartition, Long> ends = ends();
            Map<TopicPartition, Long> committed = committed(ends);
            long end = ends.isEmpty() ? -1 : sum(ends);
            long done = committed.isEmpty() ? -1 : sum(committed);
            long lag = done < 0 ? -1 : Math.max(0, end - done);
            reading = new Reading(
                    true,
                    before.reachable() ? before.sinceMillis() : nowMillis,
                    lag,
                    done,
                    done != before.committed() ? nowMillis : before.committedAtMillis(),
                    end);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            reading = new Reading(
                    false,
                    before.reachable() ? nowMillis : before.sinceMillis(),
                    before.lag(),
                    before.committed(),
                    before.committedAtMillis(),
                    before.end());
        }
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException, TimeoutException {
        if (!admin.listTopics()
                .names()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .contains(topic)) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> ask = admin
                .describeTopics(List.of(topic))
                .allTopicNames()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .get(topic)
                .partitions()
                .stream()
                .collect(Collectors.toMap(p -> new TopicPartition(topic, p.partition()), p -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> entry : admin.listOffsets(ask)
                .all()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .entrySet()) {
            ends.put(entry.getKey(), entry.getValue().offset());
        }
        return ends;
    }

    private Map<TopicPartition, Long> committed(Map<TopicPartition, Long> ends)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        offsets.forEach((partition, offset) -> {
            if (offset != null && ends.containsKey(partition)) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        Admin current = admin;
        if (current != null) {
            current.close(Duration.ofMillis(500));
        }
    }
}
