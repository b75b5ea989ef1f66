package org.silhouettes.job.learn;

import java.io.IOException;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.core.state.StreamImageFormat;

/**
 * Persisted form of an image that waits for its model outside of memory:
 *
 * <pre>
 * version 1
 *   uint8  format version, 1
 *   …      the image, as {@link StreamImageFormat} has it
 * </pre>
 */
public final class WaitingImage {

    /** The version that is written. */
    public static final int VERSION = 1;

    private WaitingImage() {}

    public static byte[] toBytes(StreamImage image) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64 + image.samples().length);
        out.writeByte(VERSION);
        StreamImageFormat.write(image, out);
        return out.getCopyOfBuffer();
    }

    /** @throws IOException where the version is unknown or the bytes are damaged */
    public static StreamImage fromBytes(byte[] bytes) throws IOException {
        return StateBytes.read("waiting image", VERSION, bytes, StreamImageFormat::read);
    }
}
