package org.silhouettes.dashboards.feed;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.dashboards.history.Models;
import org.silhouettes.dashboards.probe.ImageSample;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.dashboards.settings.DashboardTopics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything a dashboard receives: topics for the histories of the models, rejected records, and the monitors. */
public final class KafkaFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeed.class);
    private static final long WATCH_MILLIS = 2000;
    private static final long REJECTED_BACK = 10_000;

    private final Clock clock;
    private final DashboardTopics topics;
    private final Models models;
    private final RejectedLog rejected = new RejectedLog();
    private final TopicReader history;
    private final TopicReader rejects;
    private final SampleReader samples;
    private final KafkaMonitor kafka;
    private final Optional<FlinkMonitor> flink;
    private final ScheduledExecutorService watches = Executors.newScheduledThreadPool(3, task -> {
        Thread thread = new Thread(task, "dashboard-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> tasks = new ArrayList<>();
    private volatile long heardAtMillis;
    private volatile String failure;

    public KafkaFeed(DashboardSettings settings, KafkaClients clients, Models models, ImageSample sample, Clock clock) {
        this.clock = clock;
        this.topics = settings.kafka().topics();
        this.models = models;
        this.history = new TopicReader(
                "history",
                List.of(topics.dictionaries(), topics.activity()),
                Long.MAX_VALUE,
                () -> clients.consumer("history"),
                this::takeHistory);
        this.rejects = new TopicReader(
                "rejected",
                List.of(topics.rejected()),
                REJECTED_BACK,
                () -> clients.consumer("rejected"),
                rejected::add);
        this.samples = new SampleReader(topics.images(), clients, sample);
        this.kafka = new KafkaMonitor(settings.kafka(), clients::admin, () -> clients.consumer("lag"), clock.millis());
        this.flink = settings.flinkRest().map(FlinkMonitor::new);
    }

    public void start() {
        history.start();
        rejects.start();
        watch(() -> kafka.look(clock.millis()));
        watch(samples::look);
        flink.ifPresent(f -> watch(f::look));
    }

    private void watch(Look look) {
        tasks.add(watches.scheduleWithFixedDelay(() -> quietly(look), 0, WATCH_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void takeHistory(ConsumerRecord<byte[], byte[]> item) throws Exception {
        if (item.value() == null) {
            if (item.topic().equals(topics.dictionaries())) {
                Records.deletion(item).ifPresent(models::delete);
            }
            return;
        }
        if (item.topic().equals(topics.dictionaries())) {
            models.add(Records.dictionaryPart(item));
        } else {
            models.add(Records.activity(item));
        }
        heardAtMillis = clock.millis();
    }

    /** How much of what lay in Kafka at the start has been read, 0 … 1. */
    public double progress() {
        return history.progress();
    }

    /** When a record came last, by this process's clock; 0 if none has. */
    public long heardAtMillis() {
        return heardAtMillis;
    }

    /** Records that did not keep to the wire formats. */
    public long unreadable() {
        return history.refused() + rejects.refused();
    }

    public RejectedLog rejected() {
        return rejected;
    }

    public KafkaMonitor.Reading kafka() {
        return kafka.reading();
    }

    public Optional<FlinkMonitor.Reading> flink() {
        return flink.map(FlinkMonitor::reading);
    }

    private interface Look {
        void run() throws InterruptedException;
    }

    private void quietly(Look look) {
        try {
            look.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a monitor failed and will poll again: {}", e.toString());
        } catch (Error e) {
            // the executor would end the task silently
            LOG.error("a monitor has failed", e);
            failure = "a monitor: " + e;
        }
    }

    /** Why part of the dashboard has ended for good; it has to be started again. */
    public Optional<String> failure() {
        return Stream.of(history.failure(), rejects.failure(), Optional.ofNullable(failure))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What Kafka refuses to a reader of topics, while it does. */
    public Optional<String> refusal() {
        return history.refusal().or(rejects::refusal);
    }

    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        watches.shutdown();
        history.close();
        rejects.close();
        samples.close();
        kafka.close();
    }
}
