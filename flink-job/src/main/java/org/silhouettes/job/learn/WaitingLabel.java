package org.silhouettes.job.learn;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.silhouettes.core.state.Binary;

/**
 * A late label that waits for its model to be loaded. Persisted big-endian:
 *
 * <pre>
 * version 1
 *   uint8  format version, 1
 *   int32  number of images that the model had buffered at that time
 *   text   id of the image, behind its int32 length
 *   text   label, behind its int32 length
 * </pre>
 *
 * @param buffered number of images that the model had buffered, in its warm-up and mini-batches, when the label arrived
 * @param id of the image
 * @param label the class
 */
public record WaitingLabel(int buffered, String id, String label) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    /** The persisted form. */
    public byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        out.writeByte(VERSION);
        out.writeInt(buffered);
        Binary.writeText(out, id);
        Binary.writeText(out, label);
        return out.getCopyOfBuffer();
    }

    /** @throws IOException if the version is unknown or the bytes are damaged */
    public static WaitingLabel fromBytes(byte[] bytes) throws IOException {
        return StateBytes.read("waiting label", VERSION, bytes, WaitingLabel::read);
    }

    private static WaitingLabel read(DataInputDeserializer in) throws IOException {
        return new WaitingLabel(in.readInt(), Binary.readText(in), Binary.readText(in));
    }
}
