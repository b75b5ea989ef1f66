package org.silhouettes.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.embedded.kafka.KafkaTopics;
import org.silhouettes.job.kafka.KafkaTopicHistory;
import org.silhouettes.job.learn.StartFromNothing;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RunId;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.TopicScan;

/** A real job on a real Kafka: which run it writes, and that it does not learn again what the topics already hold. */
class StartFromNothingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withDataFolder(folder));
    }

    @AfterAll
    static void stop() {
        flink.close();
        kafka.close();
    }

    @Test
    void modelsWithVersionsAreLearnedAgainOnlyWhereThatIsAllowed() throws Exception {
        send("digits", 0, 40);
        JobID first = job(Map.of());
        awaitVersion("digits", 3);
        flink.cancel(first);
        String run = RunId.of(imagesTopicId(), 0, 0, settingsHash("digits"));
        assertThat(runs("digits")).containsExactly(run);

        JobID refused = job(Map.of());
        String message = failure(refused);
        assertThat(message)
                .contains("model \"digits\"")
                .contains("the newest is version ")
                .contains("start.from-nothing=allow");
        Matcher restore = Pattern.compile("job --restore (\\S+),").matcher(message);
        assertThat(restore.find()).as(message).isTrue();
        assertThat(restore.group(1)).contains(first.toHexString()).contains("/chk-");

        send("digits", 40, 80);
        JobID restored = job(Map.of("flink.execution.state-recovery.path", restore.group(1)));
        awaitVersion("digits", 9);
        flink.cancel(restored);
        assertThat(runs("digits")).as("the same after a restore").containsExactly(run);

        JobID again = job(Map.of("start.from-nothing", "allow", "encoder.lambda", "0.7"));
        Awaitility.await("a second run")
                .atMost(PATIENCE)
                .until(() -> runs("digits").size() == 2);
        flink.cancel(again);
    }

    @Test
    void whatAJobReadsOfItsTopicsIsCommittedAndNotDeletedUpToTheFirstOpenTransaction() throws Exception {
        String topic = "versions";
        assertThat(versions("absent")).isEmpty();
        KafkaTopics.createMissing(
                kafka.bootstrapServers(),
                TopicPolicy.all(2, PATIENCE).stream()
                        .filter(policy -> policy.topic().equals(Topics.IMAGES))
                        .map(policy -> policy.named(topic))
                        .toList(),
                (short) 1,
                PATIENCE);
        assertThat(versions(topic)).isEmpty();
        try (KafkaProducer<byte[], byte[]> producer = transactional("versions")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(version(topic, "kept", 4)).get();
            producer.send(version(topic, "deleted", 4)).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, "deleted/mean".getBytes(UTF_8), null))
                    .get();
            producer.send(version(topic, "kept", 5)).get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(version(topic, "aborted", 4)).get();
            producer.abortTransaction();
            assertThat(versions(topic)).isEqualTo(Map.of("kept", 5L));
            // as an attempt of the job leaves it that failed before its first checkpoint
            producer.beginTransaction();
            producer.send(version(topic, "open", 4)).get();
            assertThat(versions(topic)).isEqualTo(Map.of("kept", 5L));
            producer.abortTransaction();
        }
    }

    private static Map<String, Long> versions(String topic) {
        ClientConfig clients = ClientConfig.of(kafka.bootstrapServers());
        return new KafkaTopicHistory(Topics.IMAGES, topic, StartFromNothing.REFUSE, clients)
                .newestVersions(model -> true);
    }

    private static ProducerRecord<byte[], byte[]> version(String topic, String model, long version) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, (model + "/mean").getBytes(UTF_8), new byte[100_000]);
        record.headers().add(Headers.VERSION, Long.toString(version).getBytes(UTF_8));
        return record;
    }

    private static KafkaProducer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends images n = from … to − 1, of which the first lies at the offset that a run id is made of. */
    private static void send(String model, int from, int to) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int n = from; n < to; n++) {
                byte[] samples = new byte[16];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = (byte) (n * 31 + i * n * 17);
                }
                ProducerRecord<byte[], byte[]> record =
                        new ProducerRecord<>(Topics.IMAGES, model.getBytes(UTF_8), samples);
                List.of(
                                Map.entry(Headers.CONTENT_TYPE, Headers.RAW),
                                Map.entry(Headers.WIDTH, "4"),
                                Map.entry(Headers.HEIGHT, "4"),
                                Map.entry(Headers.CHANNELS, "1"))
                        .forEach(header -> record.headers()
                                .add(header.getKey(), header.getValue().getBytes(UTF_8)));
                producer.send(record).get();
            }
        }
    }

    private static JobID job(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of(
                "model.groups", "2",
                "model.group-size", "2",
                "model.batch", "4",
                "init.warm-up", "8",
                "encoder.lambda", "0.1",
                "checkpoint.interval", "300 ms"));
        options.putAll(more);
        return LocalJob.start(flink, LocalJob.settings(options, kafka.bootstrapServers()), Optional.empty());
    }

    private static String failure(JobID job) throws InterruptedException {
        Awaitility.await("the end of the job").atMost(PATIENCE).until(() -> flink.status(job) == JobStatus.FAILED);
        return LocalJob.failure(flink, job).getMessage();
    }

    private static void awaitVersion(String model, long version) {
        Awaitility.await("version " + version).atMost(PATIENCE).until(() -> dictionaries(model).stream()
                .anyMatch(record -> Long.parseLong(header(record, Headers.VERSION)) >= version));
    }

    private static Set<String> runs(String model) {
        Set<String> runs = new TreeSet<>();
        dictionaries(model).forEach(record -> runs.add(header(record, Headers.RUN)));
        return runs;
    }

    private static String settingsHash(String model) {
        return header(dictionaries(model).get(0), Headers.SETTINGS_HASH);
    }

    private static List<ConsumerRecord<byte[], byte[]>> dictionaries(String model) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        TopicScan.committed(kafka.bootstrapServers(), Topics.DICTIONARIES, record -> {
            if (header(record, Headers.MODEL).equals(model)) {
                found.add(record);
            }
        });
        return found;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private static String imagesTopicId() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            return admin.describeTopics(List.of(Topics.IMAGES))
                    .allTopicNames()
                    .get()
                    .get(Topics.IMAGES)
                    .topicId()
                    .toString();
        }
    }
}
