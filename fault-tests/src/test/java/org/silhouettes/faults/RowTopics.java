package org.silhouettes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.wire.Topics;

/**
 * The topics of one row of the table, so that rows share a broker and nothing else: {@code row-images} and so on.
 *
 * @param partitions of the images topic; the others have one
 */
record RowTopics(String row, int partitions) {

    private static final List<String> OUT =
            List.of(Topics.DICTIONARIES, Topics.SILHOUETTES, Topics.ACTIVITY, Topics.CODES, Topics.REJECTED);

    String images() {
        return name(Topics.IMAGES);
    }

    String name(String topic) {
        return row + "-" + topic;
    }

    /** The names of the out topics by what they hold. */
    Map<String, String> out() {
        Map<String, String> names = new LinkedHashMap<>();
        OUT.forEach(topic -> names.put(topic, name(topic)));
        return names;
    }

    void create(String bootstrapServers) {
        List<NewTopic> topics = new ArrayList<>();
        topics.add(new NewTopic(images(), partitions, (short) 1));
        OUT.forEach(topic -> topics.add(new NewTopic(name(topic), 1, (short) 1)));
        try (Admin admin = admin(bootstrapServers)) {
            get(admin.createTopics(topics).all());
        }
    }

    /** Creates the images topic after it was deleted, which the broker may still be busy with. */
    void createImagesAgain(String bootstrapServers) {
        try (Admin admin = admin(bootstrapServers)) {
            Await.until("topic is created again", Duration.ofSeconds(30), this::images, () -> {
                get(admin.createTopics(List.of(new NewTopic(images(), partitions, (short) 1)))
                        .all());
                return true;
            });
        }
    }

    void deleteImages(String bootstrapServers) {
        try (Admin admin = admin(bootstrapServers)) {
            get(admin.deleteTopics(List.of(images())).all());
        }
    }

    /** Records that the images topic holds. */
    long images(String bootstrapServers) {
        try (Admin admin = admin(bootstrapServers)) {
            return get(admin.listOffsets(IntStream.range(0, partitions)
                                    .mapToObj(partition -> new TopicPartition(images(), partition))
                                    .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                            .all())
                    .values()
                    .stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    /** Whether a transaction whose id begins with the row's name is open. */
    boolean hasOpenTransactions(String bootstrapServers) {
        Set<TransactionState> ended =
                Set.of(TransactionState.EMPTY, TransactionState.COMPLETE_ABORT, TransactionState.COMPLETE_COMMIT);
        try (Admin admin = admin(bootstrapServers)) {
            return get(admin.listTransactions().all()).stream()
                    .anyMatch(listing ->
                            listing.transactionalId().startsWith(row + "-") && !ended.contains(listing.state()));
        }
    }

    static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker did not do it", e);
        }
    }
}
