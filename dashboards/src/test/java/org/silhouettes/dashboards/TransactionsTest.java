package org.silhouettes.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.dashboards.settings.KafkaSource;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.testkit.browser.RestClient;
import org.silhouettes.wire.Topics;

/** Transactions of producers, over a real broker: what counts as lag, and what holds a topic back. */
class TransactionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TopicPartition IMAGES = new TopicPartition(Topics.IMAGES, 0);

    @TempDir
    private Path folder;

    @Test
    void endsOfTransactionsAndAbortedRecordsAreNoLagAndAnOpenTransactionIsTold() throws Exception {
        try (EmbeddedKafka broker =
                EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder))) {
            try (Dashboard dashboard = Dashboard.start(
                            DashboardSettings.of(broker.bootstrapServers()).withPort(0));
                    KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                RestClient rest = new RestClient(dashboard.uri());
                producer.initTransactions();
                producer.beginTransaction();
                send(producer, 300);
                producer.commitTransaction();
                // the job has taken all 300; the end of the transaction lies at offset 300
                commit(broker, 300);
                await(rest, status -> status.path("lag").asLong() == 0);

                producer.beginTransaction();
                send(producer, 50);
                producer.abortTransaction();
                await(rest, status -> status.path("lag").asLong() == 0);

                producer.beginTransaction();
                send(producer, 20);
                JsonNode held = await(rest, status -> status.has("blocked"));
                assertThat(held.path("blocked").path("records").asLong()).isEqualTo(20);
                assertThat(held.path("blocked").path("transactionalId").asText())
                        .isEqualTo("the test");
                assertThat(held.path("lag").asLong()).isZero();

                producer.commitTransaction();
                await(
                        rest,
                        status -> !status.has("blocked") && status.path("lag").asLong() > 0);
            }
        }
    }

    @Test
    void healthSaysWhyItIsNotWell() throws Exception {
        int unused;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        try (Dashboard dashboard =
                Dashboard.start(DashboardSettings.of("127.0.0.1:" + unused).withPort(0))) {
            var health = new RestClient(dashboard.uri()).get("/healthz");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(new String(health.body(), UTF_8))
                    .contains("\"reason\":\"")
                    .contains("127.0.0.1:" + unused);
        }
    }

    private static JsonNode await(RestClient rest, Predicate<JsonNode> condition) {
        return Awaitility.await().atMost(PATIENCE).until(() -> rest.json("/api/status"), condition);
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, int records) {
        for (int n = 0; n < records; n++) {
            // committing or aborting the transaction reports an error
            var unused = producer.send(new ProducerRecord<>(Topics.IMAGES, 0, "m".getBytes(UTF_8), new byte[100]));
        }
        producer.flush();
    }

    private static void commit(EmbeddedKafka broker, long offset) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.alterConsumerGroupOffsets(
                            KafkaSource.DEFAULT_JOB_GROUP, Map.of(IMAGES, new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "the test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
