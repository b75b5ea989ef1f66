package org.silhouettes.cli.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.silhouettes.cli.Main;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.wire.kafka.TopicScan;

/** {@code produce --from topic} and {@code replay-rejected} on topics that were changed meanwhile: exact, or refused. */
@Timeout(120)
class ReplayLookUpIT {

    private static final int IMAGES = 300;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void partitionsAddedDuringAReplayDoNotSendItAgain() throws Exception {
        assertThat(produce("grown", "--images=100").code()).isZero();
        admin.createPartitions(Map.of("grown", NewPartitions.increaseTo(4)))
                .all()
                .get();

        assertThat(produce("grown", "--from=topic").text()).contains("sent 200 images");
        assertThat(produce("grown", "--from=topic").text()).contains("sent 0 images");
        assertEachOnce("grown");
    }

    @Test
    void foreignRecordsWithMalformedHeadersAreIgnored() throws Exception {
        assertThat(produce("foreign", "--images=100").code()).isZero();
        try (KafkaProducer<byte[], byte[]> other = producer(Map.of())) {
            for (byte[] header : new byte[][] {null, {}, {-1, -2, -3}, "0/0".getBytes(UTF_8)}) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("foreign", "glyphs".getBytes(UTF_8), null);
                record.headers().add("replay", header).add("content-type", header);
                other.send(record).get();
            }
        }
        assertThat(produce("foreign", "--from=topic").text()).contains("sent 200 images");
    }

    @Test
    void whatRetentionRemovedIsNotSentAgainAndAnEmptiedTopicIsRefused() throws Exception {
        assertThat(produce("retained", "--images=100").code()).isZero();
        remove("retained", 40);
        assertThat(produce("retained", "--from=topic").text()).contains("sent 200 images");

        remove("retained", IMAGES);
        Said refused = produce("retained", "--from=topic");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.text())
                .contains("its partition 0 begins at offset 300", "Say from which image on with --from N");
    }

    @Test
    void abortedTransactionsOfOthersDoNotCountAndAnOpenOneIsReported() throws Exception {
        assertThat(produce("shared", "--images=100").code()).isZero();
        try (KafkaProducer<byte[], byte[]> other = producer(Map.of("transactional.id", "other"))) {
            other.initTransactions();
            other.beginTransaction();
            copyOfTheLastRecordAtPosition(other, 150);
            other.abortTransaction();
            assertThat(produce("shared", "--from=topic", "--images=200").text()).contains("sent 100 images");

            other.beginTransaction();
            copyOfTheLastRecordAtPosition(other, 250);
            Said refused = produce("shared", "--from=topic");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.text())
                    .contains(
                            "an open transaction in shared-0 hides the records from offset 202 on",
                            "kafka-transactions");
            other.abortTransaction();
        }
        assertThat(produce("shared", "--from=topic").text()).contains("sent 100 images");
        assertEachOnce("shared");
    }

    @Test
    void rejectedRecordsAreAskedForInTheRightTopic() {
        Said missing = replayRejected("-Dtopics.rejected=nowhere");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.text())
                .contains("topic \"nowhere\" does not exist at " + kafka.bootstrapServers(), "-Dtopics.rejected=NAME");
        assertThat(replayRejected("-Dtopics.images=nowhere").text()).contains("-Dtopics.images=NAME");

        Said empty = replayRejected();
        assertThat(empty.code()).isZero();
        assertThat(empty.text())
                .contains("put back: 0", "topic rejected holds no record that was rejected since the last replay");

        assertThat(produce("wrong", "--images=10").code()).isZero();
        Said wrong = replayRejected("-Dtopics.rejected=wrong");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.text()).contains("topic \"wrong\" holds 10 records, none of which the job rejected");
    }

    private record Said(int code, String text) {}

    private static Said produce(String topic, String... more) {
        return execute(Stream.concat(
                Stream.of(
                        "produce",
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--dataset=glyphs",
                        "--size=8",
                        "--topic=" + topic,
                        Arrays.stream(more).anyMatch(option -> option.startsWith("--images"))
                                ? "--seed=0"
                                : "--images=" + IMAGES),
                Arrays.stream(more)));
    }

    private static Said replayRejected(String... more) {
        return execute(Stream.concat(
                Stream.of("replay-rejected", "--bootstrap-servers=" + kafka.bootstrapServers()), Arrays.stream(more)));
    }

    private static Said execute(Stream<String> arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        int code = Main.execute(writer, writer, arguments.toArray(String[]::new));
        return new Said(code, text.toString());
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void copyOfTheLastRecordAtPosition(KafkaProducer<byte[], byte[]> other, int position)
            throws Exception {
        String[] fingerprint = new String[1];
        TopicScan.committed(
                kafka.bootstrapServers(),
                "shared",
                record -> fingerprint[0] =
                        new String(record.headers().lastHeader("replay").value(), UTF_8).split("/", -1)[0]);
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>("shared", "glyphs".getBytes(UTF_8), new byte[1]);
        copy.headers().add("replay", (fingerprint[0] + "/" + position).getBytes(UTF_8));
        other.send(copy).get();
    }

    private static void remove(String topic, long before) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
                .all()
                .get();
    }

    private static void assertEachOnce(String topic) {
        Map<String, Integer> times = new HashMap<>();
        TopicScan.committed(
                kafka.bootstrapServers(),
                topic,
                record -> times.merge(
                        new String(record.headers().lastHeader("replay").value(), UTF_8), 1, Integer::sum));
        assertThat(times).hasSize(IMAGES);
        assertThat(List.copyOf(times.values())).containsOnly(1);
    }
}
