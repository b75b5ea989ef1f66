package org.silhouettes.local.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.silhouettes.core.wire.Topics;
import org.silhouettes.local.EmbeddedFlink;
import org.silhouettes.local.EmbeddedKafka;
import org.silhouettes.local.LocalJob;
import org.silhouettes.local.testing.ShapeImages;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;

/** What a running job tells Prometheus is all that Grafana's dashboard and the alerts ask for, labels and all. */
class MetricsIT {

    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", "4",
            "model.group-size", "4",
            "model.batch", "16",
            "encoder.lambda", "1",
            "init.method", "kmeans",
            "init.warm-up", "64",
            "checkpoint.interval", "500 ms");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(flink_\\w+)\\{([^\\n]*)\\} ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    @Test
    void aRunningJobExportsWhatIsAskedFor() throws Exception {
        int port = freePort();
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink =
                        EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withPrometheusPort(port))) {
            LocalJob.start(flink, LocalJob.settings(OPTIONS, kafka.bootstrapServers()), Optional.empty());
            try (Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of())) {
                ReplayOptions options = ReplayOptions.builder().models("shapes").build();
                new Replay(new ShapeImages(1, 300), options, producer, Progress.silent()).run();
                producer.send(new ProducerRecord<>(Topics.IMAGES, "shapes".getBytes(UTF_8), new byte[1]))
                        .get();
            }
            HttpClient http = HttpClient.newHttpClient();
            Map<String, Set<String>> asked = Provisioning.labelsByMetric();
            assertThat(asked).hasSizeGreaterThan(25);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(exported(http, port)).satisfies(exported -> {
                        assertThat(exported).containsKeys(asked.keySet().toArray(String[]::new));
                        asked.forEach((metric, labels) ->
                                assertThat(exported.get(metric)).as(metric).containsAll(labels));
                    }));
        }
    }

    private static Map<String, Set<String>> exported(HttpClient http, int port)
            throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        String text = http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Map<String, Set<String>> exported = new HashMap<>();
        for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
            Set<String> labels = exported.computeIfAbsent(sample.group(1), metric -> new TreeSet<>());
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
        }
        return exported;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
