package org.silhouettes.cli.secured;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.PatternType.LITERAL;
import static org.apache.kafka.common.resource.PatternType.PREFIXED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.silhouettes.cli.secured.SecuredBroker.Grant.group;
import static org.silhouettes.cli.secured.SecuredBroker.Grant.topic;
import static org.silhouettes.cli.secured.SecuredBroker.Grant.transactions;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.cli.KafkaPermissions;
import org.silhouettes.cli.Main;
import org.silhouettes.cli.secured.SecuredBroker.Grant;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.KafkaTopics;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.wire.kafka.ClientConfig;

/** The whole path against a Kafka with TLS, SASL and exactly the ACLs of docs/security.md, and the messages without them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaIT {

    private static final String DASHBOARD = "CN=dashboard";
    private static final String REPLAYER = "CN=replayer";
    private static final String REPLAY = "silhouettes-replay-rejected";

    private static final List<Grant> GRANTS = List.of(
            topic("producer", "images", WRITE),
            topic("producer", "images", READ),
            topic("job", "images", READ),
            topic("job", "dictionaries", READ),
            topic("job", "dictionaries", WRITE),
            topic("job", "silhouettes", READ),
            topic("job", "silhouettes", WRITE),
            topic("job", "activity", READ),
            topic("job", "activity", WRITE),
            topic("job", "rejected", READ),
            topic("job", "rejected", WRITE),
            transactions("job", PREFIXED, "silhouettes", WRITE),
            transactions("job", PREFIXED, "silhouettes", DESCRIBE),
            group("job", "silhouettes", READ),
            topic(DASHBOARD, "images", READ),
            topic(DASHBOARD, "dictionaries", READ),
            topic(DASHBOARD, "activity", READ),
            topic(DASHBOARD, "rejected", READ),
            group(DASHBOARD, "silhouettes", DESCRIBE),
            topic(REPLAYER, "rejected", READ),
            topic(REPLAYER, "images", WRITE),
            group(REPLAYER, REPLAY, READ),
            transactions(REPLAYER, LITERAL, REPLAY, WRITE));

    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", "2",
            "model.group-size", "4",
            "model.batch", "16",
            "init.method", "kmeans",
            "init.warm-up", "64",
            "snapshot.every", "2",
            "checkpoint.interval", "500 ms",
            "start.from-nothing", "allow");

    private SecuredBroker broker;
    private LogFile log;
    private Path jobFile;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        log = new LogFile(folder.resolve("everything.log"));
        broker = new SecuredBroker(folder);
        for (Grant grant : GRANTS) {
            broker.grant(grant);
        }
        jobFile = broker.sasl("SCRAM-SHA-512", "job", SecuredBroker.PASSWORD);
    }

    @AfterAll
    void stop() {
        broker.close();
        log.close();
    }

    private record Run(int code, String out, String err) {
        String all() {
            return out + err;
        }
    }

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Run(code, out.toString(), err.toString());
    }

    private Run produce(Path file, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "produce",
                "--dataset=planted",
                "--images=200",
                "--model=secured",
                "--flush",
                "--kafka-config=" + file));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private JobSettings settings() {
        Map<String, String> values = new HashMap<>(OPTIONS);
        values.put("kafka.config", jobFile.toString());
        values.put("flink.restart-strategy.type", "none");
        return JobSettings.from(values);
    }

    @Test
    void theWholePathRunsWithExactlyTheGrantsOfTheTable() throws Exception {
        Path producer = broker.sasl("PLAIN", "producer", SecuredBroker.PASSWORD);
        Run produced = produce(producer);
        assertThat(produced.all()).contains("200");
        assertThat(produced.code()).isZero();
        assertThat(produce(producer, "--from=topic").code()).isZero();
        reject();
        StringBuilder seen = new StringBuilder(produced.all());
        try (EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults())) {
            JobID job = LocalJob.start(flink, settings(), Optional.of(Map.of(0, 201L)));
            for (String path : List.of(
                    "/jobs/" + job,
                    "/jobs/" + job + "/config",
                    "/jobs/" + job + "/plan",
                    "/jobmanager/config",
                    "/jobmanager/environment",
                    "/jobs/" + job + "/exceptions")) {
                seen.append(get(flink.uri().resolve(path)));
            }
            flink.result(job)
                    .get(60, TimeUnit.SECONDS)
                    .toJobExecutionResult(getClass().getClassLoader());
        }
        dashboard(seen);
        Run replayed = run("replay-rejected", "--kafka-config=" + broker.mutualTlsPem("replayer"));
        assertThat(replayed.all()).contains("put back: 1");
        assertThat(replayed.code()).isZero();
        seen.append(replayed.all());
        seen.append(run("job", "--print-submit", "--kafka-config=" + jobFile).all());
        assertThat(seen).contains(jobFile.toString()).doesNotContain("canary");
        // Kafka's clients log their settings, secrets as [hidden]
        assertThat(log.text())
                .contains("AdminClientConfig values", "ProducerConfig values", "ConsumerConfig values", "[hidden]")
                .doesNotContain("canary");
    }

    private void reject() {
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(broker.plaintext(), Map.of())) {
            var unused = producer.send(new ProducerRecord<>(
                    "images", 0, "secured".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3}));
        }
    }

    private void dashboard(StringBuilder seen) throws Exception {
        ClientConfig clients = ClientConfig.of(Optional.empty(), Map.of(), Optional.of(broker.mutualTls("dashboard")));
        Properties properties = clients.source(Map.of());
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        DashboardSettings settings =
                DashboardSettings.of(clients.bootstrapServers()).withKafka(all).withPort(0);
        try (Dashboard dashboard = Dashboard.start(settings)) {
            await("the dashboard shows the model", () -> get(dashboard.uri().resolve("/api/models"))
                    .contains("secured"));
            await("the dashboard is healthy", () -> !get(dashboard.uri().resolve("/healthz"))
                    .isEmpty());
            seen.append(get(dashboard.uri().resolve("/api/models")));
            seen.append(get(dashboard.uri().resolve("/api/overview")));
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(condition);
    }

    private static String get(URI uri) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200 ? response.body() : "";
    }

    @Test
    void oneGrantLessIsNamedWithOperationAndResource() throws Exception {
        ClientConfig job = settings().kafka().clients();
        for (Grant grant : GRANTS) {
            if (grant.principal().equals("job") && grant.type() == ResourceType.TOPIC) {
                without(grant, () -> assertThatThrownBy(
                                () -> KafkaPermissions.requireForJob(settings().kafka(), false))
                        .hasMessageContaining(job.bootstrapServers())
                        .hasMessageContaining(grant.operation().name())
                        .hasMessageContaining("\"" + grant.name() + "\"")
                        .hasMessageContaining("authorisation")
                        .hasMessageContaining("docs/security.md"));
            }
        }
        KafkaPermissions.requireForJob(settings().kafka(), false);
        Path producer = broker.sasl("PLAIN", "producer", SecuredBroker.PASSWORD);
        without(
                topic("producer", "images", WRITE),
                () -> assertThat(produce(producer).err()).contains("WRITE on topic \"images\"", "authorisation"));
        Path replayer = broker.mutualTlsPem("replayer");
        Map.of(
                        topic(REPLAYER, "rejected", READ), "topic rejected",
                        topic(REPLAYER, "images", WRITE), "topic images",
                        group(REPLAYER, REPLAY, READ), "READ on consumer group " + REPLAY,
                        transactions(REPLAYER, LITERAL, REPLAY, WRITE), "transactional id")
                .forEach((grant, words) ->
                        without(grant, () -> assertThat(run("replay-rejected", "--kafka-config=" + replayer)
                                        .err())
                                .contains(words, grant.operation().name(), "authorisation")));
    }

    @Test
    void aJobWithoutItsTransactionalIdsSaysSo() throws Exception {
        without(transactions("job", PREFIXED, "silhouettes", WRITE), () -> {
            try (EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults())) {
                JobID job = LocalJob.start(flink, settings(), Optional.empty());
                flink.result(job).get(60, TimeUnit.SECONDS);
                assertThat(LocalJob.failure(flink, job).getMessage())
                        .contains("WRITE", "transactional id", "authorisation");
            }
        });
    }

    private interface Check {
        void run() throws Exception;
    }

    private void without(Grant grant, Check check) {
        try {
            broker.revoke(grant);
            try {
                check.run();
            } finally {
                broker.grant(grant);
            }
        } catch (Exception e) {
            throw new IllegalStateException("without " + grant, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"produce", "job", "dashboard", "replay-rejected"})
    void eachCauseHasAMessageOfItsOwn(String command) throws Exception {
        Map<Path, String> causes = new HashMap<>();
        String trust = "ssl.truststore.type=PEM\nssl.truststore.location=" + broker.certificate("broker");
        causes.put(broker.sasl("PLAIN", "producer", "canary-wrong"), "refused the login (authentication)");
        causes.put(broker.sasl("SCRAM-SHA-512", "job", "canary-wrong"), "refused the login (authentication)");
        causes.put(
                broker.file(
                        "untrusted",
                        "bootstrap.servers=" + broker.address("MTLS"),
                        "security.protocol=SSL",
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + broker.certificate("foreign")),
                "certificate is not trusted (TLS)");
        causes.put(broker.mutualTls("foreign"), "TLS");
        causes.put(
                broker.file(
                        "no-certificate",
                        "bootstrap.servers=" + broker.address("MTLS"),
                        "security.protocol=SSL",
                        trust),
                "TLS");
        causes.put(broker.file("unknown", "bootstrap.servers=no-such-host.invalid:9092"), "is unknown");
        for (Map.Entry<Path, String> cause : causes.entrySet()) {
            Run run = command.equals("produce")
                    ? produce(cause.getKey())
                    : run(command, "--kafka-config=" + cause.getKey());
            assertThat(run.err()).as("%s with %s", command, cause.getKey()).contains(cause.getValue());
            assertThat(run.all()).doesNotContain("canary", "\tat ");
            assertThat(log.text()).doesNotContain("canary");
            assertThat(run.code()).isEqualTo(1);
        }
    }

    @Test
    void atATimeOutOneConnectionFindsTheCause() throws Exception {
        Map<Path, String> causes = new HashMap<>();
        String trust = "ssl.truststore.type=PEM\nssl.truststore.location=" + broker.certificate("broker");
        causes.put(broker.file("plain-to-tls", "bootstrap.servers=" + broker.address("MTLS")), "speaks TLS, but");
        causes.put(
                broker.file("tls-to-plain", "bootstrap.servers=" + broker.plaintext(), "security.protocol=SSL", trust),
                "does not speak TLS");
        causes.put(
                broker.file("plain-to-sasl", "bootstrap.servers=" + broker.address("SASLPLAIN")),
                "security.protocol (PLAINTEXT) may differ from the listener's");
        Duration timeout = Duration.ofSeconds(2);
        causes.forEach((file, words) -> {
            ClientConfig clients = ClientConfig.of(Optional.empty(), Map.of(), Optional.of(file));
            assertThatThrownBy(() -> KafkaTopics.createMissing(clients, List.of(), (short) -1, timeout))
                    .hasMessageContaining(clients.bootstrapServers())
                    .hasMessageContaining(words);
        });
    }
}
