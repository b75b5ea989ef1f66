package org.silhouettes.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records in order with the idempotent producer, a few every tick, so that a stream lasts while faults strike.
 * The producer's own retries carry it over a broker that is away.
 */
final class Feed implements AutoCloseable {

    private static final long TICK_MILLIS = 20;

    private final List<ProducerRecord<byte[], byte[]>> records;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger sent = new AtomicInteger();
    private final List<Future<RecordMetadata>> underWay = new ArrayList<>();

    Feed(String bootstrapServers, List<ProducerRecord<byte[], byte[]>> records) {
        this.records = records;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, 5,
                        // short, so that a broker that is stopped makes the producer send again
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends all up to and without record {@code end}, evenly over that time; done when the broker has them. */
    CompletableFuture<Void> sendUpTo(int end, Duration over) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        int perTick = (int) Math.max(1, Math.ceil((end - sent.get()) * TICK_MILLIS / (double) over.toMillis()));
        ScheduledFuture<?> ticking =
                ticks.scheduleAtFixedRate(() -> tick(end, perTick, done), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return done.whenComplete((ok, failed) -> ticking.cancel(false));
    }

    private void tick(int end, int count, CompletableFuture<Void> done) {
        try {
            for (int i = 0; i < count && sent.get() < end; i++) {
                underWay.add(producer.send(records.get(sent.getAndIncrement())));
            }
            if (sent.get() >= end) {
                producer.flush();
                for (Future<RecordMetadata> delivery : underWay) {
                    delivery.get();
                }
                underWay.clear();
                done.complete(null);
            }
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    /** Records to send in all. */
    int size() {
        return records.size();
    }

    /** Records sent so far. */
    int sent() {
        return sent.get();
    }

    /** Sends all that is left at once and waits until the broker has it. */
    void finish() {
        await(sendUpTo(records.size(), Duration.ofMillis(1)));
    }

    static void await(CompletableFuture<Void> sending) {
        try {
            sending.get(180, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the producer could not deliver", e);
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
