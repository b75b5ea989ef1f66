package org.silhouettes.experiments.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Labels;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.testkit.ShapeImages;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;

/** Labels in records of their own, from a replay through Kafka and the job to the activity topic. */
class DelayedLabelsIT {

    private static final ShapeImages IMAGES = new ShapeImages(1, 400);

    @Test
    void labelsAreCountedWithTheImagesTheyBelongTo() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults())) {
            long records = produce(kafka.bootstrapServers());
            Map<String, String> options = Map.of(
                    "model.groups", "4",
                    "model.group-size", "4",
                    "model.batch", "16",
                    "encoder.lambda", "1",
                    "init.method", "kmeans",
                    "init.warm-up", "100",
                    "labels.wait-for", "60",
                    "checkpoint.interval", "500 ms");
            JobID job = LocalJob.start(
                    flink, LocalJob.settings(options, kafka.bootstrapServers()), Optional.of(Map.of(0, records)));
            flink.result(job).get(2, TimeUnit.MINUTES);
            assertThat(flink.status(job)).isEqualTo(JobStatus.FINISHED);

            List<ConsumerRecord<byte[], byte[]>> activity = new ArrayList<>();
            TopicScan.committed(kafka.bootstrapServers(), Topics.ACTIVITY, activity::add);
            JsonNode last = new ObjectMapper()
                    .readTree(activity.get(activity.size() - 1).value());
            assertThat(last.path("learned").asInt()).isEqualTo(400);
            // 40 images later each of 400 labels finds its image, and the label of no image does not
            assertThat(last.path("lateLabels").path("joined").asInt()).isEqualTo(400);
            assertThat(last.path("lateLabels").path("unmatched").asInt()).isEqualTo(1);
            assertThat(last.path("rejected").asInt()).isZero();
            long counted = 0;
            TreeSet<String> labels = new TreeSet<>();
            for (JsonNode ofClass : last.path("classes")) {
                labels.add(ofClass.path("label").asText());
                counted += ofClass.path("images").asLong();
            }
            assertThat(labels).containsExactly("bar", "column", "cross", "frame");
            assertThat(counted).isEqualTo(400);

            List<String> rejected = new ArrayList<>();
            TopicScan.committed(
                    kafka.bootstrapServers(),
                    Topics.REJECTED,
                    record -> rejected.add(WireRecord.of(record).headers().text(Headers.REASON)));
            assertThat(rejected).hasSize(1).first().asString().startsWith("label: header id is missing");
        }
    }

    /** The images, each label 40 images later; two labels of no image; one image that closes the last batch. */
    private static long produce(String bootstrapServers) throws Exception {
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(bootstrapServers, Map.of())) {
            ReplayOptions delayed = ReplayOptions.builder()
                    .models("shapes")
                    .labels(Labels.delayed(40))
                    .build();
            new Replay(IMAGES, delayed, producer, Progress.silent()).run();
            producer.send(label(Map.of(Headers.LABEL, "bar", Headers.ID, "shapes/400")))
                    .get();
            producer.send(label(Map.of(Headers.LABEL, "bar"))).get();
            ReplayOptions last = ReplayOptions.builder()
                    .models("shapes")
                    .labels(Labels.OFF)
                    .images(1)
                    .learn(false)
                    .flush(true)
                    .build();
            new Replay(IMAGES, last, producer, Progress.silent()).run();
            return Replay.records(IMAGES, delayed) + 2 + 1;
        }
    }

    private static ProducerRecord<byte[], byte[]> label(Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.IMAGES, "shapes".getBytes(UTF_8), new byte[0]);
        record.headers().add(Headers.CONTENT_TYPE, Headers.LATE_LABEL.getBytes(UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
        return record;
    }
}
