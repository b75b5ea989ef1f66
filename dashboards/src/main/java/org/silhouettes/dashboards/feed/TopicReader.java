package org.silhouettes.dashboards.feed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads some topics from an early offset to their end and on, for as long as it is open: topics and partitions that appear
 * later too, through lost brokers, past records that its sink refuses. One thread.
 */
final class TopicReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long REFRESH_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long RETRY_MILLIS = 300;

    private final List<String> topics;
    private final long newestOnly;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final RecordSink sink;
    private final Thread thread;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private volatile double progress;
    private volatile boolean closed;
    private volatile String failure;
    private volatile String refusal;
    private volatile Consumer<byte[], byte[]> current;

    /** @param newestOnly how many of a partition's newest records to begin with at most; all: {@link Long#MAX_VALUE} */
    TopicReader(
            String name,
            List<String> topics,
            long newestOnly,
            Supplier<Consumer<byte[], byte[]>> consumers,
            RecordSink sink) {
        this.topics = List.copyOf(topics);
        this.newestOnly = newestOnly;
        this.consumers = consumers;
        this.sink = sink;
        this.thread = new Thread(this::run, "dashboard-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** How much of what lay in Kafka at the start has been read, 0 … 1. */
    double progress() {
        return progress;
    }

    /** Records that the sink could not take. */
    long refused() {
        return refused.get();
    }

    /** Why the reader has ended for good, if it has. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** What Kafka refuses to the reader, while it does. */
    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    private void run() {
        try {
            readOn();
        } catch (Throwable e) {
            // memory first: what is said of it allocates
            failure = "the reader of " + topics + ": " + e;
            LOG.error("the reader of {} has failed", topics, e);
        }
    }

    private void readOn() {
        while (!closed) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                current = consumer;
                read(consumer);
            } catch (WakeupException e) {
                LOG.debug("reader of {} ends", topics);
            } catch (KafkaException e) {
                boolean refused = e instanceof AuthorizationException || e instanceof AuthenticationException;
                refusal = refused ? "Kafka refuses to let the dashboard read " + topics + ": " + e.getMessage() : null;
                LOG.warn("reading {} failed, another try in {} ms: {}", topics, RETRY_MILLIS, e.toString());
                pause();
            }
        }
    }

    private void read(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assigned = new HashSet<>();
        long refreshAt = System.nanoTime();
        while (!closed) {
            if (System.nanoTime() - refreshAt >= 0) {
                assign(consumer, assigned);
                refreshAt = System.nanoTime() + REFRESH_NANOS;
            }
            if (assigned.isEmpty()) {
                progress = 1;
                pause();
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> item : consumer.poll(POLL)) {
                take(item);
            }
            note(consumer, assigned);
            refusal = null;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> item) {
        try {
            sink.accept(item);
        } catch (Exception | StackOverflowError e) {
            if (refused.getAndIncrement() == 0) {
                LOG.warn("skipped {}-{}@{}: {}", item.topic(), item.partition(), item.offset(), e.toString());
            }
        }
    }

    private void assign(Consumer<byte[], byte[]> consumer, Set<TopicPartition> assigned) {
        Map<String, List<PartitionInfo>> all = consumer.listTopics();
        List<TopicPartition> found = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : all.getOrDefault(topic, List.of())) {
                found.add(new TopicPartition(topic, partition.partition()));
            }
        }
        found.removeAll(assigned);
        if (found.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> first = consumer.beginningOffsets(found);
        Map<TopicPartition, Long> last = consumer.endOffsets(found);
        assigned.addAll(found);
        consumer.assign(assigned);
        for (TopicPartition partition : found) {
            long end = last.get(partition);
            long from = Math.max(first.get(partition), newestOnly >= end ? 0 : end - newestOnly);
            // after a fault: continue where the last consumer was, unless the topic has been created again
            long at = next.getOrDefault(partition, from);
            at = at > end ? first.get(partition) : Math.max(at, first.get(partition));
            consumer.seek(partition, at);
            starts.putIfAbsent(partition, at);
            ends.putIfAbsent(partition, end);
        }
    }

    private void note(Consumer<byte[], byte[]> consumer, Set<TopicPartition> assigned) {
        long read = 0;
        long all = 0;
        for (TopicPartition partition : assigned) {
            long position = consumer.position(partition);
            next.put(partition, position);
            long start = starts.get(partition);
            long end = ends.get(partition);
            all += Math.max(0, end - start);
            read += Math.max(0, Math.min(position, end) - start);
        }
        progress = all == 0 ? 1 : Math.max(progress, (double) read / all);
    }

    private void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> consumer = current;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join(5000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
