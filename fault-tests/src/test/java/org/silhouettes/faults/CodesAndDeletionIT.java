package org.silhouettes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.cli.Main;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.savepoints.SavepointStop;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.TopicScan;

/** The job between real topics: restored with other options, and told to delete a model. */
@Timeout(240)
class CodesAndDeletionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int SIDE = 6;

    @TempDir
    private Path folder;

    @Test
    void aJobIsRestoredWithAndWithoutCodesAndDeletesAModelOnCommand() throws Exception {
        try (EmbeddedKafka kafka =
                        EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder.resolve("kafka")));
                EmbeddedFlink flink = EmbeddedFlink.start(
                        EmbeddedFlink.Settings.defaults().withSlots(2).withDataFolder(folder.resolve("flink")))) {
            String broker = kafka.bootstrapServers();
            JobClient job = start(flink, broker, "all", "split", null);
            send(broker, 60);
            await(() -> count(broker, Topics.CODES) > 0);
            Path first = SavepointStop.of(job, folder, SavepointFormatType.CANONICAL);
            int codes = count(broker, Topics.CODES);

            job = start(flink, broker, "none", "split", first);
            assertThat(delete(broker, "bars"))
                    .contains(
                            "removed: 0 keys of model \"bars\"",
                            "sent: delete model \"bars\" (topic images, partition 0, offset 60)");
            await(() -> tombstones(broker).size() == 12);
            assertThat(tombstones(broker))
                    .contains("bars.red/0", "bars.red/2", "bars.red/mean", "bars.green/mean", "bars.blue/mean");
            send(broker, 60);
            await(() -> count(broker, Topics.DICTIONARIES) > 30);
            Path second = SavepointStop.of(job, folder, SavepointFormatType.NATIVE);
            assertThat(count(broker, Topics.CODES)).isEqualTo(codes);

            job = start(flink, broker, "all", "split", second);
            send(broker, 60);
            await(() -> count(broker, Topics.CODES) > codes);
            assertThat(count(broker, Topics.REJECTED)).isZero();
            job.cancel().get();
        }
    }

    @Test
    void theDictionaryOfAModelThatNoJobKnowsLeavesTheTopicOnCommand() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            String broker = kafka.bootstrapServers();
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                for (String key : List.of("gone/0", "gone/1", "gone/mean", "gone/away/0", "stays/mean")) {
                    var unused = producer.send(new ProducerRecord<>(
                            Topics.DICTIONARIES, key.getBytes(StandardCharsets.UTF_8), new byte[1]));
                }
            }
            assertThat(delete(broker, "gone")).contains("removed: 3 keys of model \"gone\" (topic dictionaries)");
            assertThat(tombstones(broker)).containsExactlyInAnyOrder("gone/0", "gone/1", "gone/mean");
            assertThat(count(broker, Topics.IMAGES)).as("the control record").isEqualTo(1);
        }
    }

    private static String delete(String broker, String model) {
        StringWriter out = new StringWriter();
        int exit = Main.execute(
                new PrintWriter(out), new PrintWriter(out), "delete", "--bootstrap-servers", broker, "--model", model);
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }

    private static KafkaProducer<byte[], byte[]> producer(String broker) {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static JobClient start(EmbeddedFlink flink, String broker, String codes, String channels, Path savepoint)
            throws Exception {
        Map<String, String> values = new HashMap<>(Map.of(
                "codes.emit", codes,
                "image.channels", channels,
                "model.groups", "3",
                "model.group-size", "4",
                "model.batch", "8",
                "init.warm-up", "40",
                "checkpoint.interval", "500 ms"));
        if (savepoint != null) {
            values.put("flink.execution.state-recovery.path", savepoint.toUri().toString());
        }
        StreamExecutionEnvironment env = flink.environment();
        KafkaWorkflow.build(env, LocalJob.settings(values, broker), Optional.empty());
        return env.executeAsync("codes " + codes);
    }

    private static void send(String broker, int images) {
        Random random = new Random(images);
        try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
            for (int n = 0; n < images; n++) {
                byte[] samples = new byte[SIDE * SIDE * 3];
                random.nextBytes(samples);
                ProducerRecord<byte[], byte[]> image =
                        new ProducerRecord<>(Topics.IMAGES, "bars".getBytes(StandardCharsets.UTF_8), samples);
                Map.of(
                                Headers.CONTENT_TYPE,
                                Headers.RAW,
                                Headers.WIDTH,
                                Integer.toString(SIDE),
                                Headers.HEIGHT,
                                Integer.toString(SIDE),
                                Headers.CHANNELS,
                                "3")
                        .forEach((name, value) -> image.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                var unused = producer.send(image);
            }
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).until(condition);
    }

    private static int count(String broker, String topic) {
        List<Long> offsets = new ArrayList<>();
        TopicScan.committed(broker, topic, record -> offsets.add(record.offset()));
        return offsets.size();
    }

    private static List<String> tombstones(String broker) {
        List<String> keys = new ArrayList<>();
        TopicScan.committed(broker, Topics.DICTIONARIES, record -> {
            if (record.value() == null) {
                keys.add(new String(record.key(), StandardCharsets.UTF_8));
            }
        });
        return keys;
    }
}
