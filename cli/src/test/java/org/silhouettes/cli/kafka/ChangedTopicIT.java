package org.silhouettes.cli.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.TopicScan;

/** A job that is restored while its images topic is another one, or not the same any more. */
@Timeout(240)
class ChangedTopicIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private EmbeddedFlink flink;

    @Test
    void aRestoredJobReadsTheTopicThatIsConfiguredAndNoOtherAndGoesOnBehindAGapWhereThatIsAllowed() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start();
                EmbeddedFlink cluster =
                        EmbeddedFlink.start(EmbeddedFlink.Settings.defaults().withDataFolder(folder));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            kafka = broker;
            flink = cluster;
            JobID first = job(Map.of());
            send(Topics.IMAGES, "digits", 40, null);
            awaitImages("digits", 40);
            String checkpoint = stop(first);

            // images is created again, with more records of another model than the old position
            admin.deleteTopics(List.of(Topics.IMAGES)).all().get();
            Awaitility.await("the topic is gone")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> {
                        admin.createTopics(List.of(new NewTopic(Topics.IMAGES, 1, (short) 1)))
                                .all()
                                .get();
                        return true;
                    });
            send(Topics.IMAGES, "foreign", 80, null);
            admin.createTopics(List.of(new NewTopic("moved", 1, (short) 1)))
                    .all()
                    .get();
            send("moved", "digits", 20, "committed");
            sendAborted("moved", "aborted", 20);
            send("moved", "digits", 20, null);

            JobID second = job(Map.of("topics.images", "moved", "flink.execution.state-recovery.path", checkpoint));
            awaitImages("digits", 80);
            checkpoint = stop(second);
            assertThat(models()).containsExactly("digits");

            // retention removes the first ten of what the job has not read, and all before
            send("moved", "digits", 30, null);
            TopicPartition moved = new TopicPartition("moved", 0);
            long behind = end(admin, moved) - 20;
            admin.deleteRecords(Map.of(moved, RecordsToDelete.beforeOffset(behind)))
                    .all()
                    .get();
            JobID third = job(Map.of(
                    "topics.images",
                    "moved",
                    "input.on-gap",
                    "earliest",
                    "flink.execution.state-recovery.path",
                    checkpoint));
            awaitImages("digits", 100);
            flink.cancel(third);
        }
    }

    private static long end(Admin admin, TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private JobID job(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of(
                "model.groups", "2",
                "model.group-size", "2",
                "model.batch", "4",
                "init.warm-up", "8",
                "encoder.lambda", "0.1",
                "codes.emit", "all",
                "checkpoint.interval", "300 ms"));
        options.putAll(more);
        return LocalJob.start(flink, LocalJob.settings(options, kafka.bootstrapServers()), Optional.empty());
    }

    /** Ends a job behind a checkpoint that holds what its readers see; returns its newest one. */
    private String stop(JobID job) throws IOException {
        flink.cancel(job);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file ->
                            file.endsWith("_metadata") && file.toString().contains(job.toHexString()))
                    .max(Comparator.comparing(ChangedTopicIT::written))
                    .orElseThrow()
                    .getParent()
                    .toUri()
                    .toString();
        }
    }

    private static long written(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Codes are emitted for each image that was encoded, once. */
    private void awaitImages(String model, int images) {
        Awaitility.await(images + " images of " + model).atMost(PATIENCE).until(() -> {
            int[] codes = new int[1];
            TopicScan.committed(kafka.bootstrapServers(), Topics.CODES, record -> {
                if (model.equals(new String(record.key(), UTF_8))) {
                    codes[0]++;
                }
            });
            assertThat(codes[0]).isLessThanOrEqualTo(images);
            return codes[0] == images;
        });
    }

    private Set<String> models() {
        Set<String> models = new TreeSet<>();
        TopicScan.committed(
                kafka.bootstrapServers(), Topics.ACTIVITY, record -> models.add(new String(record.key(), UTF_8)));
        return models;
    }

    private void send(String topic, String model, int images, String transactionalId) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(transactionalId)) {
            if (transactionalId != null) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            sendAll(producer, topic, model, images);
            if (transactionalId != null) {
                producer.commitTransaction();
            }
        }
    }

    private void sendAborted(String topic, String model, int images) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer("aborted")) {
            producer.initTransactions();
            producer.beginTransaction();
            sendAll(producer, topic, model, images);
            producer.abortTransaction();
        }
    }

    private KafkaProducer<byte[], byte[]> producer(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void sendAll(KafkaProducer<byte[], byte[]> producer, String topic, String model, int images)
            throws Exception {
        for (int n = 0; n < images; n++) {
            byte[] samples = new byte[16];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (n * 31 + i * n * 17);
            }
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, model.getBytes(UTF_8), samples);
            Map.of(
                            Headers.CONTENT_TYPE, Headers.RAW,
                            Headers.WIDTH, "4",
                            Headers.HEIGHT, "4",
                            Headers.CHANNELS, "1")
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
            producer.send(record).get();
        }
    }
}
