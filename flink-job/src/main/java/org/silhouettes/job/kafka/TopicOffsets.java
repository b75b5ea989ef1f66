package org.silhouettes.job.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.silhouettes.wire.kafka.KafkaFailure;

/** Offsets and open transactions of topics, asked from the brokers. */
final class TopicOffsets {

    private static final long TIMEOUT_MILLIS = 30_000;

    private final Admin admin;

    TopicOffsets(Admin admin) {
        this.admin = admin;
    }

    /**
     * An open transaction.
     *
     * @param start its first offset in the partition
     * @param transactionalId empty where this user may not see it
     * @param lastActiveMillis timestamp of its newest record
     */
    record OpenTransaction(
            TopicPartition partition,
            long start,
            long producerId,
            Optional<String> transactionalId,
            long lastActiveMillis) {}

    List<TopicPartition> partitions(String topic) {
        return await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                .map(TopicPartitionInfo::partition)
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    Map<TopicPartition, Long> begins(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Ends of what readers of committed records see: where the first open transaction starts. */
    Map<TopicPartition, Long> stableEnds(Collection<TopicPartition> partitions) {
        return offsets(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
    }

    /** The open transactions of partitions. */
    List<OpenTransaction> openTransactions(Collection<TopicPartition> partitions) {
        List<OpenTransaction> open = new ArrayList<>();
        await(admin.describeProducers(partitions).all()).forEach((partition, state) -> {
            for (ProducerState producer : state.activeProducers()) {
                producer.currentTransactionStartOffset()
                        .ifPresent(start -> open.add(new OpenTransaction(
                                partition, start, producer.producerId(), Optional.empty(), producer.lastTimestamp())));
            }
        });
        if (open.isEmpty()) {
            return open;
        }
        Map<Long, String> ids = new HashMap<>();
        for (TransactionListing listing : await(admin.listTransactions().all())) {
            ids.put(listing.producerId(), listing.transactionalId());
        }
        return open.stream()
                .map(found -> new OpenTransaction(
                        found.partition(),
                        found.start(),
                        found.producerId(),
                        Optional.ofNullable(ids.get(found.producerId())),
                        found.lastActiveMillis()))
                .toList();
    }

    /** When the transaction of an id began; empty where none is open. */
    OptionalLong startMillis(String transactionalId) {
        return await(admin.describeTransactions(List.of(transactionalId)).all())
                .get(transactionalId)
                .transactionStartTimeMs();
    }

    /** The longest transaction that a broker allows, milliseconds; empty if none reports it. */
    Optional<Long> maxTransactionTimeoutMillis() {
        List<ConfigResource> brokers = await(admin.describeCluster().nodes()).stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        return await(admin.describeConfigs(brokers).all()).values().stream()
                .map(config -> config.get("transaction.max.timeout.ms"))
                .filter(entry -> entry != null && entry.value() != null)
                .map(entry -> Long.valueOf(entry.value()))
                .min(Long::compare);
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        partitions.forEach(partition -> specs.put(partition, spec));
        Map<TopicPartition, ListOffsetsResultInfo> found = await(
                admin.listOffsets(specs, new ListOffsetsOptions(isolation)).all());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private <R> R await(KafkaFuture<R> answer) {
        try {
            return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka for offsets", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "could not ask Kafka for offsets or transactions of a topic: " + KafkaFailure.text(e, "Kafka"), e);
        }
    }
}
