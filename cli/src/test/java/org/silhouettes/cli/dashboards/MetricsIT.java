package org.silhouettes.cli.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.wire.Topics;

/** What a running job tells Prometheus is all that Grafana's dashboard and the alerts ask for, labels and all. */
class MetricsIT {

    @TempDir
    static Path folder;

    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", "4",
            "model.group-size", "4",
            "model.batch", "16",
            "encoder.lambda", "1",
            "init.method", "kmeans",
            "init.warm-up", "64",
            "checkpoint.interval", "500 ms");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(flink_\\w+)\\{([^\\n]*)\\} ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = freePort();
        kafka = EmbeddedKafka.start();
        flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withPrometheusPort(port));
        LocalJob.start(flink, LocalJob.settings(OPTIONS, kafka.bootstrapServers()), Optional.empty());
    }

    @AfterAll
    static void stop() throws Exception {
        flink.close();
        kafka.close();
    }

    @Test
    void aRunningJobExportsWhatIsAskedFor() throws Exception {
        send("shapes", 300);
        sendNoImage("shapes");
        Map<String, Set<String>> asked = Provisioning.labelsByMetric();
        assertThat(asked).hasSizeGreaterThan(25);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exported()).satisfies(exported -> {
            assertThat(exported).containsKeys(asked.keySet().toArray(String[]::new));
            asked.forEach((metric, labels) ->
                    assertThat(exported.get(metric)).as(metric).containsAll(labels));
        }));
    }

    @Test
    void aModelThatWarmsUpHasNoLossRatherThanNone() throws Exception {
        send("young", 32);
        Pattern loss = Pattern.compile("_prequentialLoss\\{[^\\n]*model=\"young\"[^\\n]*} (\\S+)");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loss.matcher(metrics()).results())
                        .extracting(sample -> sample.group(1))
                        .containsExactly("NaN"));
    }

    /** From a model's warm-up on, so that what a metric is before there is anything to measure does harm to no alert. */
    @Test
    void aRealPrometheusFindsAllThatIsAskedForAndNothingAmiss() throws Exception {
        Optional<Path> program = Prometheus.program("prometheus");
        assumeTrue(program.isPresent(), "no Prometheus on the PATH: install it with apt-get install prometheus");
        try (Prometheus prometheus = new Prometheus(program.get(), folder, freePort(), port)) {
            send("watched", 32);
            String version = "flink_taskmanager_job_task_operator_silhouettes_model_version{model=\"watched\"}";
            awaitSome(prometheus, version + " == -1");
            send("watched", 300);
            sendNoImage("watched");
            awaitSome(prometheus, version + " > 0");
            for (String expression : Provisioning.grafanaExpressions()) {
                awaitSome(prometheus, expression.replace("$model", ".*"));
            }
            List<String> selectors = Provisioning.alertSelectors();
            assertThat(selectors).hasSizeGreaterThan(8);
            for (String selector : selectors) {
                awaitSome(prometheus, selector);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.alerts()).isEmpty());
        }
    }

    private static void awaitSome(Prometheus prometheus, String expression) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() ->
                        assertThat(prometheus.query(expression)).as(expression).isNotEmpty());
    }

    private static void send(String model, int images) throws Exception {
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of())) {
            ReplayOptions options =
                    ReplayOptions.builder().models(model).flush(false).build();
            new Replay(new ShapeImages(1, images), options, producer, Progress.silent()).run();
        }
    }

    private static void sendNoImage(String model) throws Exception {
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of())) {
            producer.send(new ProducerRecord<>(Topics.IMAGES, model.getBytes(UTF_8), new byte[1]))
                    .get();
        }
    }

    private static Map<String, Set<String>> exported() throws IOException, InterruptedException {
        String text = metrics();
        Map<String, Set<String>> exported = new HashMap<>();
        for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
            Set<String> labels = exported.computeIfAbsent(sample.group(1), metric -> new TreeSet<>());
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
        }
        return exported;
    }

    private static String metrics() throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HTTP.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
