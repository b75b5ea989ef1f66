package org.silhouettes.cli.dashboards;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
import org.silhouettes.producers.dataset.SourceView;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Pacing;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayReport;
import org.silhouettes.testkit.browser.Chromium;
import org.silhouettes.testkit.browser.RestClient;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Topics;

/** What a demo is made of, and a browser that has its page open: Kafka, Flink, the job once it is started, the dashboard. */
final class MonitoredJob implements AutoCloseable {

    private static final int MAX_WAITING = 1000;

    private final EmbeddedKafka kafka = EmbeddedKafka.start();
    private final EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults());
    private final Dashboard dashboard;
    private final RestClient rest;
    private final Chromium browser;
    private JobID job;

    MonitoredJob(Path profile) throws Exception {
        dashboard = Dashboard.start(
                DashboardSettings.of(kafka.bootstrapServers()).withPort(0).withFlinkRest(flink.uri()));
        rest = new RestClient(dashboard.uri());
        browser = new Chromium(Chromium.find().orElseThrow(), profile);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    Dashboard dashboard() {
        return dashboard;
    }

    Chromium browser() {
        return browser;
    }

    void startJob(Map<String, String> options) throws Exception {
        job = LocalJob.start(flink, LocalJob.settings(options, kafka.bootstrapServers()), Optional.empty());
    }

    void cancelJob() throws Exception {
        flink.cancel(job);
    }

    /** What is done meanwhile. */
    interface Visit {
        void run() throws Exception;
    }

    /** Streams drawn characters, the same to each of the models and no faster than the job learns, during the visit. */
    void whileStreaming(List<String> models, Visit visit) throws Exception {
        ReplayOptions options = ReplayOptions.builder()
                .models(models)
                .pacing(new Pacing.Rate(400))
                .build();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Producer<byte[], byte[]> producer = producer()) {
            PatientSource source =
                    new PatientSource(Datasets.open("glyphs", DatasetOptions.usual()), () -> lag() > MAX_WAITING);
            Replay replay = new Replay(source, options, producer, Progress.silent());
            Future<ReplayReport> streaming = executor.submit(replay::run);
            try {
                visit.run();
            } finally {
                replay.stop();
                source.stop();
                streaming.get(1, TimeUnit.MINUTES);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** Images that wait in Kafka, as the dashboard knows. */
    private long lag() {
        try {
            return rest.json("/api/status").path("lag").asLong();
        } catch (Exception e) {
            throw new IllegalStateException("the dashboard does not say how it is", e);
        }
    }

    /** Sends the given number of images to the models. */
    void send(SourceView source, List<String> models, int images) throws Exception {
        ReplayOptions options = ReplayOptions.builder()
                .models(models)
                .images(images)
                .flush(false)
                .build();
        try (Producer<byte[], byte[]> producer = producer()) {
            new Replay(source, options, producer, Progress.silent()).run();
        }
    }

    /** Sends a record that is said to be a PNG and is none. */
    void sendNoImage(String model) throws Exception {
        try (Producer<byte[], byte[]> producer = producer()) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    Topics.IMAGES,
                    model.getBytes(StandardCharsets.UTF_8),
                    "no picture".getBytes(StandardCharsets.UTF_8));
            record.headers().add(Headers.CONTENT_TYPE, Headers.PNG.getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }

    private Producer<byte[], byte[]> producer() {
        return ImageProducer.connect(kafka.bootstrapServers(), Map.of());
    }

    @Override
    public void close() throws Exception {
        browser.close();
        dashboard.close();
        flink.close();
        kafka.close();
    }
}
