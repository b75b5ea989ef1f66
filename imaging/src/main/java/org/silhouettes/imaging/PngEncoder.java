package org.silhouettes.imaging;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes 8-bit gray or RGB pictures as PNG, without metadata: the same picture gives the same bytes. */
public final class PngEncoder {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private PngEncoder() {}

    /** The bytes of a PNG file. */
    public static byte[] encode(Picture picture) {
        int width = picture.shape().width();
        int height = picture.shape().height();
        int rowBytes = width * picture.shape().channels();
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.writeBytes(SIGNATURE);
        int colour = picture.shape().channels() == 1 ? PngHeader.GRAY : PngHeader.RGB;
        chunk(
                out,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) 8)
                        .put((byte) colour)
                        .array(),
                13);
        byte[] rows = new byte[Math.multiplyExact(height, rowBytes + 1)];
        for (int y = 0; y < height; y++) {
            // the byte before each row stays 0: no filter, as magnified pixels repeat exactly
            System.arraycopy(picture.samples(), y * rowBytes, rows, y * (rowBytes + 1) + 1, rowBytes);
        }
        Deflater deflater = new Deflater(4);
        try {
            deflater.setInput(rows);
            deflater.finish();
            byte[] packed = new byte[rows.length + rows.length / 1000 + 64];
            int length = 0;
            while (!deflater.finished()) {
                length += deflater.deflate(packed, length, packed.length - length);
            }
            chunk(out, "IDAT", packed, length);
        } finally {
            deflater.end();
        }
        chunk(out, "IEND", new byte[0], 0);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(8).putInt(length).put(name).array());
        out.write(data, 0, length);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
