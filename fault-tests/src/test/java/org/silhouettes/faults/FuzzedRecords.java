package org.silhouettes.faults;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.silhouettes.wire.Headers;

/**
 * Seeded records that are no images of their model, each broken in one of many ways at random places: all of them have
 * to be rejected, whatever else is in them. Keys are those of good models, so that they hit in the middle of learning.
 */
final class FuzzedRecords {

    private static final int KINDS = 24;

    private final ImageStream stream;
    private final Random random;
    private final byte[] png;
    private final byte[] jpeg;

    FuzzedRecords(ImageStream stream, long seed) {
        this.stream = stream;
        this.random = new Random(seed);
        this.png = encoded(stream.side(), "png");
        this.jpeg = encoded(stream.side(), "jpeg");
    }

    /** The next bad record. */
    ProducerRecord<byte[], byte[]> next(String topic) {
        int n = random.nextInt(stream.models());
        byte[] key = ImageStream.bytes(stream.model(n));
        byte[] good = stream.record(topic, n).value();
        int side = stream.side();
        RecordHeaders raw = raw(Integer.toString(side), Integer.toString(side), "1");
        int kind = random.nextInt(KINDS);
        return switch (kind) {
            case 0 -> record(topic, n, key, null, raw);
            case 1 -> record(topic, n, key, new byte[0], raw);
            case 2 -> record(topic, n, null, good, raw);
            case 3 -> record(topic, n, new byte[0], good, raw);
            case 4 -> record(topic, n, noise(201 + random.nextInt(500), 'a', 'z'), good, raw);
            case 5 -> record(topic, n, new byte[] {(byte) 0xc3, (byte) random.nextInt(0x40)}, good, raw);
            case 6 -> record(topic, n, key, good, with(new RecordHeaders(), Headers.LABEL, "1"));
            case 7 -> record(topic, n, key, good, type(text(12)));
            case 8 -> record(topic, n, key, Arrays.copyOf(good, random.nextInt(good.length)), raw);
            case 9 -> record(topic, n, key, Arrays.copyOf(good, good.length + 1 + random.nextInt(100)), raw);
            case 10 -> otherShape(topic, n, key);
            case 11 -> record(topic, n, key, good, raw("100000000", "100000000", "1"));
            case 12 -> record(topic, n, key, good, raw("-" + side, Integer.toString(side), "1"));
            case 13 -> record(topic, n, key, good, raw(Integer.toString(side), "", "1"));
            case 14 -> record(topic, n, key, good, raw(Integer.toString(side), Integer.toString(side), "two"));
            case 15 -> record(topic, n, key, noise(1 + random.nextInt(2000), 0, 255), type(Headers.PNG));
            case 16 -> record(topic, n, key, noise(1 + random.nextInt(2000), 0, 255), type(Headers.JPEG));
            case 17 ->
                record(topic, n, key, Arrays.copyOf(png, random.nextInt(png.length * 6 / 10)), type(Headers.PNG));
            case 18 -> record(topic, n, key, good, with(raw, Headers.LEARN, text(5)));
            case 19 -> record(topic, n, key, good, with(raw, Headers.LABEL, "l".repeat(201 + random.nextInt(1000))));
            case 20 -> record(topic, n, key, hiddenFrame(), type(Headers.JPEG));
            case 21 -> record(topic, n, key, scans(70 + random.nextInt(200)), type(Headers.JPEG));
            case 22 -> record(topic, n, key, cutScan(), type(Headers.JPEG));
            case 23 -> record(topic, n, key, Arrays.copyOf(png, png.length - 12), type(Headers.PNG));
            default -> throw new IllegalStateException("kind " + kind);
        };
    }

    /** A frame of 30000 x 30000 pixels behind a marker without a length, which a careless parser skips as a segment. */
    private byte[] hiddenFrame() {
        byte[] frame = {-1, (byte) 0xc0, 0, 11, 8, 0x75, 0x30, 0x75, 0x30, 1, 1, 0x11, 0};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {-1, 1, 0, (byte) (2 + frame.length)});
        out.writeBytes(frame);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** The picture's only scan, many times. */
    private byte[] scans(int count) {
        int from = scanStart();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, from);
        for (int i = 0; i < count; i++) {
            out.write(jpeg, from, jpeg.length - 2 - from);
        }
        out.write(jpeg, jpeg.length - 2, 2);
        return out.toByteArray();
    }

    /** Coded data that end early, behind them an end marker: a decoder shows the rest gray. */
    private byte[] cutScan() {
        int data = scanStart() + 10;
        int length = data + random.nextInt((jpeg.length - 2 - data) / 2);
        byte[] cut = Arrays.copyOf(jpeg, length + 2);
        cut[length] = -1;
        cut[length + 1] = (byte) 0xd9;
        return cut;
    }

    private int scanStart() {
        for (int i = 2; i < jpeg.length; i++) {
            if (jpeg[i] == -1 && jpeg[i + 1] == (byte) 0xda) {
                return i;
            }
        }
        throw new IllegalStateException("no scan");
    }

    private ProducerRecord<byte[], byte[]> otherShape(String topic, int n, byte[] key) {
        int other = stream.side() + 1 + random.nextInt(20);
        return record(
                topic,
                n,
                key,
                noise(other * other, 0, 255),
                raw(Integer.toString(other), Integer.toString(other), "1"));
    }

    private ProducerRecord<byte[], byte[]> record(
            String topic, int n, byte[] key, byte[] value, RecordHeaders headers) {
        return new ProducerRecord<>(topic, stream.partition(n), key, value, headers);
    }

    private byte[] noise(int length, int from, int to) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + random.nextInt(to - from + 1));
        }
        return bytes;
    }

    private String text(int length) {
        return new String(noise(length, 'a', 'd'), StandardCharsets.US_ASCII);
    }

    private static RecordHeaders raw(String width, String height, String channels) {
        RecordHeaders headers = type(Headers.RAW);
        with(headers, Headers.WIDTH, width);
        with(headers, Headers.HEIGHT, height);
        return with(headers, Headers.CHANNELS, channels);
    }

    private static RecordHeaders type(String type) {
        return with(new RecordHeaders(), Headers.CONTENT_TYPE, type);
    }

    private static RecordHeaders with(RecordHeaders headers, String name, String value) {
        headers.add(name, ImageStream.bytes(value));
        return headers;
    }

    private static byte[] encoded(int side, String format) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
        Random noise = new Random(side);
        for (int i = 0; i < side * side; i++) {
            image.getRaster().setSample(i % side, i / side, 0, noise.nextInt(256));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
