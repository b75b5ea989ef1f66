package org.silhouettes.producers.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Hand-built IDX files. */
public final class IdxBytes {

    private IdxBytes() {}

    /** An IDX file with this magic number, these sizes and these bytes, whether they fit together or not. */
    public static byte[] of(int magic, int[] sizes, byte[] data) {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * sizes.length + data.length).putInt(magic);
        for (int size : sizes) {
            bytes.putInt(size);
        }
        return bytes.put(data).array();
    }

    public static byte[] images(int count, int height, int width, byte[] samples) {
        return of(0x0803, new int[] {count, height, width}, samples);
    }

    public static byte[] labels(byte... labels) {
        return of(0x0801, new int[] {labels.length}, labels);
    }

    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
