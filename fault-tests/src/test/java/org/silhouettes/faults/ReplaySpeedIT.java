package org.silhouettes.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.embedded.kafka.KafkaTopics;
import org.silhouettes.producers.dataset.DatasetOptions;
import org.silhouettes.producers.dataset.Datasets;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.producers.fetch.DataPlaces;
import org.silhouettes.producers.fetch.DataUnavailableException;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.Topics;

/**
 * How fast MNIST is replayed into a broker in a process of its own, interleaved with a loop that only sends the very same
 * records, made before: what the loop does not reach either, Kafka and its client bound.
 */
@Tag("faults")
@Timeout(600)
class ReplaySpeedIT {

    private static final int PASSES = 5;
    private static final int ROUNDS = 5;
    private static final double MIN_RATIO = 0.75;

    @TempDir
    static Path folder;

    @Test
    void aReplayIsAboutAsFastAsItsRecordsCanBeSent() throws Exception {
        ImageSource mnist = mnist();
        List<Double> replays = new ArrayList<>();
        List<Double> loops = new ArrayList<>();
        try (BrokerProcess broker = new BrokerProcess(folder, List.of("-Xmx1g"))) {
            broker.awaitReady();
            String servers = broker.bootstrapServers();
            // the first round warms both up
            for (int round = 0; round <= ROUNDS; round++) {
                double loop = loop(servers, mnist, "loop-" + round);
                double replay = replay(servers, mnist, "replay-" + round);
                if (round > 0) {
                    loops.add(loop);
                    replays.add(replay);
                }
            }
        }
        double ratio = median(replays) / median(loops);
        System.out.printf(
                Locale.ROOT,
                "replay %,.0f images/s, loop %,.0f records/s, ratio %.2f (medians of %d rounds of %,d images)%n",
                median(replays),
                median(loops),
                ratio,
                ROUNDS,
                PASSES * mnist.size());
        assertThat(ratio).isGreaterThan(MIN_RATIO);
    }

    private static ImageSource mnist() throws IOException {
        try {
            return Datasets.open(
                    "mnist",
                    DatasetOptions.usual().withPlaces(DataPlaces.usual().offline()));
        } catch (DataUnavailableException e) {
            return abort("MNIST is not here: " + e.getMessage());
        }
    }

    private static double replay(String servers, ImageSource mnist, String topic) throws IOException {
        create(servers, topic);
        ReplayOptions options = ReplayOptions.builder()
                .topic(topic)
                .models("mnist")
                .passes(PASSES)
                .build();
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(servers, Map.of())) {
            return new Replay(mnist, options, producer, Progress.silent()).run().imagesPerSecond();
        }
    }

    private static double loop(String servers, ImageSource mnist, String topic) throws IOException {
        create(servers, topic);
        List<ProducerRecord<byte[], byte[]>> records = records(mnist, topic);
        try (Producer<byte[], byte[]> producer = ImageProducer.connect(servers, Map.of())) {
            long start = System.nanoTime();
            for (int pass = 0; pass < PASSES; pass++) {
                for (ProducerRecord<byte[], byte[]> record : records) {
                    var unused = producer.send(copy(record));
                }
            }
            producer.flush();
            return (double) PASSES * records.size() / ((System.nanoTime() - start) / 1e9);
        }
    }

    /** A record's headers are sealed once it was sent. */
    private static ProducerRecord<byte[], byte[]> copy(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers());
    }

    /** What a replay sends of each image, in its first pass. */
    private static List<ProducerRecord<byte[], byte[]>> records(ImageSource mnist, String topic) throws IOException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        byte[] key = utf8("mnist");
        for (long i = 0; i < mnist.size(); i++) {
            LabelledImage image = mnist.image(i);
            List<Header> headers = List.of(
                    new RecordHeader(Headers.CONTENT_TYPE, utf8(Headers.RAW)),
                    new RecordHeader(Headers.WIDTH, utf8("28")),
                    new RecordHeader(Headers.HEIGHT, utf8("28")),
                    new RecordHeader(Headers.CHANNELS, utf8("1")),
                    new RecordHeader(Headers.ID, utf8(image.id() + "@" + i)),
                    new RecordHeader(Headers.LABEL, utf8(image.label())));
            records.add(new ProducerRecord<>(topic, null, key, image.samples(), headers));
        }
        return records;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void create(String servers, String topic) {
        List<TopicPolicy> policies = TopicPolicy.all(1, TopicPolicy.HISTORY).stream()
                .filter(policy -> policy.topic().equals(Topics.IMAGES))
                .map(policy -> policy.named(topic))
                .toList();
        KafkaTopics.createMissing(servers, policies, (short) 1, Duration.ofSeconds(30));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
