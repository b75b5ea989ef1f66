package org.silhouettes.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.silhouettes.wire.Headers;

/** Pictures that cost a careless decoder its heap or its time. */
final class PoisonRecords {

    /** JPEG, 169 bytes: a header of 30000 x 30000 behind a marker without length, then one of 16 x 16. */
    private static final byte[] OVERSIZE_JPEG = Base64.getDecoder()
            .decode(
                    "/9j/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBD/"
                            + "xAAUAAEAAAAAAAAAAAAAAAAAAAAA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP8BABP/wAALCHUwdTABAREA//4AD//AAAsIABAAEAEBEQD/"
                            + "2gAIAQEAAD8AAAAAAAAAAAD/2Q==");

    private PoisonRecords() {}

    /** A poison record for the model and partition of a good record; the kinds come in turn. */
    static ProducerRecord<byte[], byte[]> behind(ProducerRecord<byte[], byte[]> good, int number) {
        return switch (number % 4) {
            case 0 -> record(good, Headers.JPEG, OVERSIZE_JPEG);
            case 1 -> record(good, Headers.JPEG, manyScans());
            case 2 -> record(good, Headers.PNG, inflating(20_000, 20_000));
            default -> record(good, Headers.PNG, inflating(8, 8));
        };
    }

    private static ProducerRecord<byte[], byte[]> record(
            ProducerRecord<byte[], byte[]> good, String type, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.CONTENT_TYPE, ImageStream.bytes(type));
        return new ProducerRecord<>(good.topic(), good.partition(), good.key(), value, headers);
    }

    /** A progressive JPEG of 2000 x 2000 with thousands of empty scans. */
    private static byte[] manyScans() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xdb, 0, 67, 0});
        for (int i = 0; i < 64; i++) {
            out.write(16);
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xc2, 0, 11, 8, 7, (byte) 0xd0, 7, (byte) 0xd0, 1, 1, 0x11, 0});
        for (int scan = 0; scan < 5_000; scan++) {
            out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 1, 63, 0x10});
        }
        out.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
        return out.toByteArray();
    }

    /** A PNG whose data inflate to 64 MiB of zeros, whatever size it claims. */
    private static byte[] inflating(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(8, (byte) 8)
                        .array());
        Deflater deflater = new Deflater();
        deflater.setInput(new byte[64 << 20]);
        deflater.finish();
        byte[] packed = new byte[1 << 20];
        int length = deflater.deflate(packed);
        deflater.end();
        chunk(out, "IDAT", java.util.Arrays.copyOf(packed, length));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
