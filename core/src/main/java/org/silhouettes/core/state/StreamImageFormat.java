package org.silhouettes.core.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Persisted form of a {@link StreamImage}, a part of formats that carry a version, big-endian. Texts and samples stand
 * behind their length, an int32; a missing text has length −1.
 *
 * <pre>
 *   text     label
 *   text     id
 *   uint8    1 where it may be learned from
 *   uint8[]  samples
 * </pre>
 */
public final class StreamImageFormat {

    private StreamImageFormat() {}

    public static void write(StreamImage image, DataOutput out) throws IOException {
        Binary.writeText(out, image.label());
        Binary.writeText(out, image.id());
        out.writeBoolean(image.learn());
        Binary.writeBytes(out, image.samples());
    }

    /** @throws IOException where the bytes are damaged */
    public static StreamImage read(DataInput in) throws IOException {
        String label = Binary.readText(in);
        String id = Binary.readText(in);
        boolean learn = in.readBoolean();
        return new StreamImage(Binary.readBytes(in), label, id, learn);
    }
}
