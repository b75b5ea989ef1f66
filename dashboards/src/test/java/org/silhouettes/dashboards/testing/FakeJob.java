package org.silhouettes.dashboards.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Npy;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.RunId;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.DictionaryDeletion;
import org.silhouettes.wire.message.DictionaryMessage;
import org.silhouettes.wire.message.ImageContent;
import org.silhouettes.wire.message.ImageMessage;
import org.silhouettes.wire.message.ModelVersion;
import org.silhouettes.wire.message.RejectedMessage;

/**
 * Writes what the job writes, in the same formats, for a model whose atoms form out of noise into drawn digits: group g
 * becomes class labels[g].
 */
public final class FakeJob implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final String model;
    private final String[] labels;
    private final DictionaryShape shape;
    private final float[][] noise;
    private final float[][] ideal;
    private final float[] mean = new float[Digits.VALUES];
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();
    private final Random random = new Random(7);
    private final FakeReports reports;
    private long clockMillis = 1_790_000_000_000L;
    private long bytes;

    public FakeJob(String bootstrapServers, String model, int groupSize, String... labels) {
        this.model = model;
        this.labels = labels.clone();
        this.shape = new DictionaryShape(labels.length, groupSize, new ImageShape(Digits.SIDE, Digits.SIDE, 1));
        this.reports = new FakeReports(model, shape, labels, random);
        this.noise = new float[shape.atoms()][Digits.VALUES];
        this.ideal = new float[shape.atoms()][Digits.VALUES];
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "5", "max.request.size", "4000000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        imagine();
    }

    private void imagine() {
        for (int i = 0; i < 400; i++) {
            byte[] samples = Digits.draw(i % 10, random);
            for (int v = 0; v < mean.length; v++) {
                mean[v] += (samples[v] & 0xff) / (255f * 400);
            }
        }
        for (int k = 0; k < shape.atoms(); k++) {
            for (int n = 0; n < 3; n++) {
                byte[] samples = Digits.draw(k / shape.groupSize() % 10, random);
                for (int v = 0; v < mean.length; v++) {
                    ideal[k][v] += (samples[v] & 0xff) / (255f * 3) - mean[v] / 3;
                }
            }
            for (int v = 0; v < mean.length; v++) {
                noise[k][v] = (float) (0.35 * random.nextGaussian());
            }
        }
    }

    public DictionaryShape shape() {
        return shape;
    }

    /** The dictionary at a version. */
    public Dictionary dictionary(long version) {
        float learned = (float) FakeReports.learned(version);
        float[] atoms = new float[shape.size()];
        for (int k = 0; k < shape.atoms(); k++) {
            for (int v = 0; v < mean.length; v++) {
                atoms[k * mean.length + v] = learned * ideal[k][v] + (1 - learned) * noise[k][v];
            }
        }
        Dictionary dictionary = new Dictionary(shape, atoms, version);
        dictionary.normaliseInPlace();
        return dictionary;
    }

    public float[] mean() {
        return mean.clone();
    }

    /** Reports that that many of 2000 warm-up images are there. */
    public void warmUp(int images) {
        ObjectNode report = reports.warmUp(images, clockMillis);
        clockMillis += 500;
        send(Topics.ACTIVITY, model, bytes(report), versionHeaders(-1));
    }

    /** Emits the activity at a version between two snapshots: without that of every unit. */
    public void activity(long version) {
        emit(version, reports.brief(version, clockMillis));
    }

    private void emit(long version, ObjectNode report) {
        send(Topics.ACTIVITY, model, bytes(report), versionHeaders(version));
        clockMillis += 160;
    }

    /** Emits dictionary and activity at a version. */
    public void snapshot(long version) {
        Dictionary dictionary = dictionary(version);
        DictionaryMessage.Whole whole = new DictionaryMessage.Whole(
                new ModelVersion(model, RunId.EARLIER, version),
                shape.groups(),
                version * 64,
                "fake",
                dictionary.sha256());
        for (int g = -1; g < shape.groups(); g++) {
            byte[] npy = g < 0
                    ? Npy.encode(mean, new int[] {Digits.SIDE, Digits.SIDE, 1})
                    : Npy.encode(dictionary.group(g), new int[] {shape.groupSize(), Digits.SIDE, Digits.SIDE, 1});
            send(Topics.DICTIONARIES, new DictionaryMessage(whole, g, npy).encode());
        }
        emit(version, reports.full(version, clockMillis));
    }

    /** Removes the model's dictionary from its topic. */
    public void delete() {
        DictionaryDeletion.all(model, RunId.EARLIER, shape.groups())
                .forEach(record -> send(Topics.DICTIONARIES, record));
    }

    /** How many bytes of values have been sent so far. */
    public long bytes() {
        return bytes;
    }

    /** Sends a labelled image to the images topic. */
    public void image(int digit) {
        ImageContent content = ImageContent.raw(Digits.draw(digit, random), Digits.SIDE, Digits.SIDE, 1);
        String label = labels[digit % labels.length];
        ImageMessage image = new ImageMessage(model, content, label, null, true, false, ImageMessage.Replayed.NONE);
        send(Topics.IMAGES, image.encode());
    }

    public void rejected(String reason) {
        WireRecord original = new WireRecord(model, new byte[] {1, 2, 3}, RecordHeaders.NONE);
        RecordPosition origin = new RecordPosition(Topics.IMAGES, 0, 17);
        send(Topics.REJECTED, new RejectedMessage(original, reason, origin, null, false).encode());
    }

    /** Waits until Kafka has all that was sent. */
    public void flush() throws Exception {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        sent.clear();
    }

    private void send(String topic, WireRecord record) {
        bytes += record.value() == null ? 0 : record.value().length;
        sent.add(producer.send(record.to(topic)));
    }

    /** Sends any record. */
    public void send(String topic, String key, byte[] value, Map<String, String> headers) {
        bytes += value == null ? 0 : value.length;
        ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        headers.forEach((name, text) -> out.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        sent.add(producer.send(out));
    }

    private Map<String, String> versionHeaders(long version) {
        return Map.of(Headers.MODEL, model, Headers.VERSION, String.valueOf(version));
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
