package org.silhouettes.producers.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.LabelledImage;
import org.silhouettes.wire.Headers;

/** Makes the records of the topic {@code images}; headers that do not change are made once. */
final class RecordMaker {

    private static final Header LATE_LABEL = header(Headers.CONTENT_TYPE, Headers.LATE_LABEL);
    private static final byte[] NO_VALUE = new byte[0];

    private final ReplayOptions options;
    private final List<byte[]> keys;
    private final List<Header> common = new ArrayList<>();
    private final List<Header> labels;
    private final String fingerprint;

    /** @throws IOException where the source's first image cannot be read */
    RecordMaker(ImageSource source, ReplayOptions options) throws IOException {
        this.options = options;
        this.fingerprint = ReplayMark.fingerprint(source, options);
        this.keys = options.models().stream().map(RecordMaker::utf8).toList();
        this.labels = source.classes().stream()
                .map(name -> header(Headers.LABEL, name))
                .toList();
        ImageShape shape = source.shape();
        common.add(header(Headers.CONTENT_TYPE, ImageCodec.contentType(options.encoding())));
        if (options.encoding() == Encoding.RAW) {
            common.add(header(Headers.WIDTH, Integer.toString(shape.width())));
            common.add(header(Headers.HEIGHT, Integer.toString(shape.height())));
            common.add(header(Headers.CHANNELS, Integer.toString(shape.channels())));
        }
        if (!options.learn()) {
            common.add(header(Headers.LEARN, "false"));
        }
    }

    /** The value of an image's record. */
    byte[] value(LabelledImage image, Draw draw, Random64 random) throws IOException {
        byte[] samples = Transform.applyAll(draw.transforms(), image.samples(), image.shape(), random);
        return ImageCodec.encode(samples, image.shape(), options.encoding());
    }

    /** The image's name in this replay: with its position where an image may come more than once. */
    String id(LabelledImage image, long position) {
        return options.passes() == 1 && options.plan().isEmpty() ? image.id() : image.id() + "@" + position;
    }

    /**
     * A record of an image.
     *
     * @param position at which it is sent
     * @param id the image's name in this replay
     * @param classIndex its class, or {@link ImageSource#NO_CLASS}
     * @param takenAt when it was taken, where the replay goes by that, else null. It is a header: Kafka removes or refuses
     *     records by their timestamp, which is the time at which they are sent
     */
    ProducerRecord<byte[], byte[]> image(
            int model, long position, byte[] value, String id, int classIndex, Instant takenAt, boolean last) {
        List<Header> headers = new ArrayList<>(common.size() + 4);
        headers.addAll(common);
        headers.add(header(Headers.ID, id));
        headers.add(mark(position));
        if (options.labels().withImage() && classIndex != ImageSource.NO_CLASS) {
            headers.add(labels.get(classIndex));
        }
        if (takenAt != null) {
            headers.add(header(Headers.TAKEN, takenAt.toString()));
        }
        if (options.flush() && last) {
            headers.add(header(Headers.FLUSH, "true"));
        }
        return new ProducerRecord<>(options.topic(), null, null, keys.get(model), value, headers);
    }

    /** The label alone of an image that was sent before, sent at a position of its own. */
    ProducerRecord<byte[], byte[]> lateLabel(int model, long position, LabelQueue.Late late) {
        List<Header> headers =
                List.of(LATE_LABEL, header(Headers.ID, late.id()), labels.get(late.classIndex()), mark(position));
        return new ProducerRecord<>(options.topic(), null, null, keys.get(model), NO_VALUE, headers);
    }

    private Header mark(long position) {
        return header(Headers.REPLAY, new ReplayMark(fingerprint, position).text());
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
