package org.silhouettes.core.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.silhouettes.core.state.Binary;

/**
 * Writes and reads a {@link LateLabelsState}, big-endian:
 *
 * <pre>
 * version 1
 *   uint8    format version, 1
 *   int64×2  labels joined, labels that matched nothing
 *   list     int32 images that wait, oldest first, each: text id, uint8[] samples, float32[] group norms, int32[] nonzero
 *            units, float32[] their values, uint8[] reconstruction, uint8 learn
 *   list     int32 labels that wait, oldest first, each: text id, text label
 * </pre>
 */
public final class LateLabelsMapper {

    /** The version that is written. */
    static final int VERSION = 1;

    private LateLabelsMapper() {}

    /** Writes the present version. */
    public static void write(LateLabelsState state, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(state.joined());
        out.writeLong(state.unmatched());
        out.writeInt(state.images().size());
        for (Map.Entry<String, LateCode> image : state.images().entrySet()) {
            Binary.writeText(out, image.getKey());
            write(image.getValue(), out);
        }
        out.writeInt(state.labels().size());
        for (Map.Entry<String, String> label : state.labels().entrySet()) {
            Binary.writeText(out, label.getKey());
            Binary.writeText(out, label.getValue());
        }
    }

    private static void write(LateCode code, DataOutput out) throws IOException {
        Binary.writeBytes(out, code.samples());
        Binary.writeFloats(out, code.groupNorms());
        out.writeInt(code.units().length);
        for (int unit : code.units()) {
            out.writeInt(unit);
        }
        Binary.writeFloats(out, code.unitValues());
        Binary.writeBytes(out, code.reconstruction());
        out.writeBoolean(code.learn());
    }

    /**
     * Reads any version.
     *
     * @throws IOException if the version is unknown or the bytes are damaged
     */
    public static LateLabelsState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("state of late labels has format version " + version
                    + ", this release reads version 1: restore it with the release that wrote it, or a later one");
        }
        long joined = in.readLong();
        long unmatched = in.readLong();
        Map<String, LateCode> images = new LinkedHashMap<>();
        for (int left = Binary.readLength(in); left > 0; left--) {
            images.put(Binary.readText(in), code(in));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int left = Binary.readLength(in); left > 0; left--) {
            labels.put(Binary.readText(in), Binary.readText(in));
        }
        return new LateLabelsState(joined, unmatched, images, labels);
    }

    private static LateCode code(DataInput in) throws IOException {
        byte[] samples = Binary.readBytes(in);
        float[] groupNorms = Binary.readFloats(in);
        int[] units = new int[Binary.readLength(in)];
        for (int i = 0; i < units.length; i++) {
            units[i] = in.readInt();
        }
        return new LateCode(samples, groupNorms, units, Binary.readFloats(in), Binary.readBytes(in), in.readBoolean());
    }
}
