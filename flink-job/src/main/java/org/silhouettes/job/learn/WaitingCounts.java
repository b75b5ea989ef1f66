package org.silhouettes.job.learn;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Counts of what waits for a model to be loaded, without images. Persisted big-endian:
 *
 * <pre>
 * version 1
 *   uint8  format version, 1
 *   int64  rejected images
 *   int32  waiting labels
 *   int32  bytes of their persisted form
 * </pre>
 *
 * @param refused rejected images that the model has not counted yet
 * @param labels number of waiting labels
 * @param labelBytes bytes of their persisted form
 */
public record WaitingCounts(long refused, int labels, int labelBytes) {

    /** The version that this release writes. */
    public static final int VERSION = 1;

    static final WaitingCounts NONE = new WaitingCounts(0, 0, 0);

    WaitingCounts withRefused() {
        return new WaitingCounts(refused + 1, labels, labelBytes);
    }

    WaitingCounts withLabel(int bytes) {
        return new WaitingCounts(refused, labels + 1, labelBytes + bytes);
    }

    /** The persisted form. */
    public byte[] toBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(32);
        out.writeByte(VERSION);
        out.writeLong(refused);
        out.writeInt(labels);
        out.writeInt(labelBytes);
        return out.getCopyOfBuffer();
    }

    /** @throws IOException if the version is unknown or the bytes are damaged */
    public static WaitingCounts fromBytes(byte[] bytes) throws IOException {
        return StateBytes.read("waiting counts", VERSION, bytes, WaitingCounts::read);
    }

    private static WaitingCounts read(DataInputDeserializer in) throws IOException {
        return new WaitingCounts(in.readLong(), in.readInt(), in.readInt());
    }
}
