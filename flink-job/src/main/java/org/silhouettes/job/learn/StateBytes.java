package org.silhouettes.job.learn;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;

/** Reading of persisted forms that begin with their version, all of their bytes. */
final class StateBytes {

    private StateBytes() {}

    /** Reads what stands behind the version. */
    interface Reader<T> {
        T read(DataInputDeserializer in) throws IOException;
    }

    /**
     * Reads a form that there is one version of.
     *
     * @throws IOException where the version is another, or bytes are too few, too many or damaged
     */
    static <T> T read(String what, int only, byte[] bytes, Reader<T> reader) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        int version = in.readUnsignedByte();
        if (version != only) {
            throw new IOException(what + " has format version " + version + ", this release reads version " + only
                    + ": restore it with the release that wrote it, or a later one");
        }
        T read = reader.read(in);
        if (in.available() != 0) {
            throw new IOException(what + " is damaged: " + in.available() + " bytes are left over of " + bytes.length
                    + ", its format version does not account for them");
        }
        return read;
    }
}
