package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.silhouettes.dashboards.settings.KafkaSource;

/**
 * Whether Kafka answers, and how far the job's consumer group is behind. The job commits its offsets with its checkpoints,
 * so the lag steps down once a checkpoint. The lag is measured against the last stable offset, up to which the job can read.
 */
public final class KafkaMonitor implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 4000;

    /** What came of asking Kafka. */
    public enum Contact {
        /** Not yet asked. */
        UNKNOWN,
        ANSWERS,
        /** It answers, but not to this dashboard's user. */
        REFUSES,
        AWAY
    }

    /**
     * @param sinceMillis since when the contact has been so
     * @param lag images in the topic that the group has not committed; −1 where it has committed none
     * @param committed sum of the group's committed offsets
     * @param committedAtMillis when that sum last grew
     * @param end images in the topic: sum of the partitions' last stable offsets; −1 without the topic
     * @param trouble what Kafka refuses, with the remedy
     * @param held an open transaction before records of the topic
     */
    public record Reading(
            Contact contact,
            long sinceMillis,
            long lag,
            long committed,
            long committedAtMillis,
            long end,
            Optional<String> trouble,
            Optional<BlockedRecords> held) {

        /** Whether the cluster answered last time. */
        public boolean reachable() {
            return contact == Contact.ANSWERS;
        }
    }

    private final String topic;
    private final String group;
    private final Supplier<Admin> admins;
    private final DataProbe probe;
    private final OpenTransactions transactions;
    private volatile Admin admin;
    private volatile Reading reading;

    /**
     * @param admins asked for a client at the first look, so that it holds up no start
     * @param consumers asked for a consumer of committed records where the lag has to be exact
     */
    KafkaMonitor(
            KafkaSource source, Supplier<Admin> admins, Supplier<Consumer<byte[], byte[]>> consumers, long nowMillis) {
        this.topic = source.topics().images();
        this.group = source.jobGroup();
        this.admins = admins;
        this.probe = new DataProbe(consumers);
        this.transactions = new OpenTransactions();
        this.reading =
                new Reading(Contact.UNKNOWN, nowMillis, -1, -1, nowMillis, -1, Optional.empty(), Optional.empty());
    }

    public Reading reading() {
        return reading;
    }

    /** Asks Kafka once more; takes some seconds where it does not answer. */
    void look(long nowMillis) throws InterruptedException {
        try {
            if (admin == null) {
                admin = admins.get();
            }
            get(admin.describeCluster().nodes());
            look(new TopicEnds(admin, topic).read(), nowMillis);
        } catch (ExecutionException e) {
            failed(e.getCause(), nowMillis);
        } catch (TimeoutException | KafkaException e) {
            failed(e, nowMillis);
        }
    }

    private void look(TopicEnds.Ends ends, long nowMillis)
            throws InterruptedException, ExecutionException, TimeoutException {
        Reading before = reading;
        Optional<String> trouble = Optional.empty();
        Map<TopicPartition, Long> committed = Map.of();
        try {
            committed = committed(ends.stable());
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            trouble = Optional.of("Kafka does not let the dashboard read the offsets of consumer group \"" + group
                    + "\", so the lag is not known: grant its user DESCRIBE on that group.");
        }
        long done = committed.isEmpty() ? -1 : sum(committed);
        reading = new Reading(
                Contact.ANSWERS,
                before.reachable() ? before.sinceMillis() : nowMillis,
                done < 0 ? -1 : probe.lag(committed, ends.stable()),
                done,
                done != before.committed() ? nowMillis : before.committedAtMillis(),
                ends.stable().isEmpty() ? -1 : sum(ends.stable()),
                trouble,
                transactions.look(admin, ends, nowMillis));
    }

    private void failed(Throwable cause, long nowMillis) {
        Reading before = reading;
        boolean refused = cause instanceof AuthenticationException || cause instanceof AuthorizationException;
        Contact contact = refused ? Contact.REFUSES : Contact.AWAY;
        Optional<String> trouble = !refused
                ? Optional.empty()
                : Optional.of(
                        cause instanceof AuthenticationException
                                ? "Kafka refuses the dashboard's credentials: " + cause.getMessage()
                                : "Kafka does not let the dashboard ask about topic \"" + topic
                                        + "\": grant its user DESCRIBE and READ on it. " + cause.getMessage());
        reading = new Reading(
                contact,
                before.contact() == contact ? before.sinceMillis() : nowMillis,
                before.lag(),
                before.committed(),
                before.committedAtMillis(),
                before.end(),
                trouble,
                before.held());
    }

    private Map<TopicPartition, Long> committed(Map<TopicPartition, Long> ends)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> offsets =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        offsets.forEach((partition, offset) -> {
            if (offset != null && ends.containsKey(partition)) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    /** The answer, within a time that holds up no other look. */
    static <T> T get(KafkaFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
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
        probe.close();
    }
}
