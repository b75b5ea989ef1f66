package org.silhouettes.experiments.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;

/** From images in a real Kafka, through a real Flink, to what every topic then holds. */
class EndToEndIT {

    private static final int IMAGES = 600;
    private static final ShapeImages TRAIN = new ShapeImages(1, IMAGES);
    private static final ShapeImages TEST = new ShapeImages(2, 200);
    private static final Map<String, String> OPTIONS = Map.of(
            "model.groups", "4",
            "model.group-size", "4",
            "model.batch", "16",
            "encoder.lambda", "1",
            "init.method", "kmeans",
            "init.warm-up", "100",
            "snapshot.every", "10",
            "checkpoint.interval", "500 ms");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void theSameStreamGivesTheSameDictionaryWhateverGarbageIsMixedIn() throws Exception {
        RunReport report = run("first");
        assertThat(report.images()).isEqualTo(IMAGES);
        assertThat(report.fitted()).isEqualTo(200);
        assertThat(report.tested()).isEqualTo(200);
        assertThat(report.rejected()).isZero();
        assertThat(report.seconds()).isPositive().isLessThanOrEqualTo(report.totalSeconds());
        assertThat(report.metrics().mse()).isLessThan(0.7 * report.metrics().mseOfMean());
        assertThat(report.metrics().groupAccuracy()).isGreaterThan(0.5);

        assertThat(run("second").dictionarySha256()).isEqualTo(report.dictionarySha256());

        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults())) {
            List<ProducerRecord<byte[], byte[]>> garbage = garbage();
            long records = produceWith(garbage, kafka.bootstrapServers());
            JobSettings settings = LocalJob.settings(OPTIONS, kafka.bootstrapServers());
            awaitEnd(flink, LocalJob.start(flink, settings, Optional.of(Map.of(0, records))));
            assertRejected(garbage, kafka.bootstrapServers());
            assertOutTopics(kafka.bootstrapServers(), report);
        }
    }

    private RunReport run(String name) throws Exception {
        ReplayOptions learn =
                ReplayOptions.builder().models("shapes").flush(true).build();
        RunPlan plan = RunPlan.of(
                TRAIN,
                TEST,
                learn,
                200,
                200,
                OPTIONS,
                folder.resolve(name + "-kafka"),
                folder.resolve(name + "-flink"));
        return new BoundedRun(plan, Progress.silent()).run(folder.resolve(name));
    }

    /** Every way of being no image of this model, by name; none may disturb the learning. */
    private static List<ProducerRecord<byte[], byte[]>> garbage() {
        byte[] good = TRAIN.image(0).samples();
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0};
        Map<String, String> raw = raw(12, 12);
        List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
        all.add(record("shapes", new byte[0], raw));
        all.add(record("shapes", null, raw));
        all.add(record("shapes", png, Map.of("content-type", "image/png")));
        all.add(record("shapes", png, Map.of("content-type", "image/jpeg")));
        all.add(record("shapes", new byte[64], raw(8, 8)));
        all.add(record("shapes", good, Map.of("content-type", "application/x-raw-image")));
        all.add(record("shapes", good, Map.of()));
        all.add(record("shapes", good, Map.of("content-type", "text/html")));
        all.add(record("shapes", good, raw(10_000, 10_000)));
        all.add(record("shapes", good, raw(-1, 12)));
        all.add(record(null, good, raw));
        all.add(record("", good, raw));
        all.add(record("x".repeat(300), good, raw));
        return all;
    }

    private static Map<String, String> raw(int width, int height) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.CONTENT_TYPE, Headers.RAW);
        headers.put(Headers.WIDTH, Integer.toString(width));
        headers.put(Headers.HEIGHT, Integer.toString(height));
        headers.put(Headers.CHANNELS, "1");
        return headers;
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte[] value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        return new ProducerRecord<>(Topics.IMAGES, null, null, key == null ? null : key.getBytes(UTF_8), value, all);
    }

    /** The same images as a run's, with the garbage strewn between them; returns how many records that are. */
    private static long produceWith(List<ProducerRecord<byte[], byte[]>> garbage, String bootstrapServers)
            throws Exception {
        long records = 0;
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(bootstrapServers, Map.of())) {
            for (int i = 0; i < IMAGES; i++) {
                if (i % 40 == 7 && i / 40 < garbage.size()) {
                    producer.send(garbage.get(i / 40)).get();
                    records++;
                }
                LabelledImage image = TRAIN.image(i);
                Map<String, String> headers = raw(12, 12);
                headers.put(Headers.LABEL, image.label());
                if (i == IMAGES - 1) {
                    headers.put(Headers.FLUSH, "true");
                }
                producer.send(record("shapes", image.samples(), headers)).get();
                records++;
            }
        }
        return records;
    }

    private static void awaitEnd(EmbeddedFlink flink, JobID job) throws Exception {
        flink.result(job).get(2, TimeUnit.MINUTES);
        if (flink.status(job) != JobStatus.FINISHED) {
            throw LocalJob.failure(flink, job);
        }
    }

    private static void assertRejected(List<ProducerRecord<byte[], byte[]>> garbage, String bootstrapServers) {
        List<ConsumerRecord<byte[], byte[]>> rejected = read(bootstrapServers, Topics.REJECTED);
        // what the decoder refuses and what the model refuses come by different ways
        rejected.sort(Comparator.comparingLong(
                record -> Long.parseLong(WireRecord.of(record).headers().text(Headers.OFFSET))));
        assertThat(rejected).hasSameSizeAs(garbage);
        for (int i = 0; i < garbage.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = rejected.get(i);
            ProducerRecord<byte[], byte[]> sent = garbage.get(i);
            String what = "record " + i + ", rejected because "
                    + WireRecord.of(record).headers().text(Headers.REASON);
            assertThat(record.key()).as(what).isEqualTo(sent.key());
            assertThat(record.value()).as(what).isEqualTo(sent.value());
            assertThat(WireRecord.of(record).headers().text(Headers.REASON))
                    .as(what)
                    .isNotBlank();
            assertThat(WireRecord.of(record).headers().text(Headers.TOPIC))
                    .as(what)
                    .isEqualTo(Topics.IMAGES);
            assertThat(WireRecord.of(record).headers().text(Headers.PARTITION))
                    .as(what)
                    .isEqualTo("0");
            assertThat(WireRecord.of(record).headers().text(Headers.OFFSET))
                    .as(what)
                    .isEqualTo(Long.toString(7 + 40L * i + i));
            sent.headers().forEach(header -> assertThat(
                            WireRecord.of(record).headers().text(header.key()))
                    .as(what)
                    .isEqualTo(new String(header.value(), UTF_8)));
        }
    }

    private static void assertOutTopics(String bootstrapServers, RunReport report) throws Exception {
        LearnedDictionary.Gatherer snapshots = new LearnedDictionary.Gatherer("shapes");
        TreeSet<String> keys = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : read(bootstrapServers, Topics.DICTIONARIES)) {
            snapshots.add(record);
            keys.add(new String(record.key(), UTF_8));
            boolean mean = new String(record.key(), UTF_8).endsWith("/mean");
            assertThat(Npy.decode(record.value()).shape())
                    .containsExactly(mean ? new int[] {12, 12, 1} : new int[] {4, 12, 12, 1});
        }
        assertThat(keys).containsExactly("shapes/0", "shapes/1", "shapes/2", "shapes/3", "shapes/mean");
        assertThat(snapshots.last().dictionary().sha256()).isEqualTo(report.dictionarySha256());
        assertThat(snapshots.last().images()).isEqualTo(IMAGES);

        TreeSet<String> kinds = new TreeSet<>();
        for (ConsumerRecord<byte[], byte[]> record : read(bootstrapServers, Topics.SILHOUETTES)) {
            kinds.add(WireRecord.of(record).headers().text(Headers.KIND));
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(record.value()));
            assertThat(picture.getWidth()).isGreaterThan(24);
        }
        assertThat(kinds).containsExactly("atoms", "classes");

        List<ConsumerRecord<byte[], byte[]>> activity = read(bootstrapServers, Topics.ACTIVITY);
        JsonNode last = JSON.readTree(activity.get(activity.size() - 1).value());
        assertThat(last.path("learned").asInt()).isEqualTo(IMAGES);
        assertThat(last.path("version").asLong()).isEqualTo(report.updates());
        assertThat(last.path("settingsHash").asText()).isEqualTo(report.settingsHash());
        long counted = 0;
        TreeSet<String> labels = new TreeSet<>();
        for (JsonNode ofClass : last.path("classes")) {
            labels.add(ofClass.path("label").asText());
            counted += ofClass.path("images").asLong();
        }
        assertThat(labels).containsExactly("bar", "column", "cross", "frame");
        assertThat(counted).isEqualTo(IMAGES);
        assertThat(read(bootstrapServers, Topics.CODES)).isEmpty();
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String bootstrapServers, String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        TopicScan.committed(bootstrapServers, topic, records::add);
        return records;
    }
}
