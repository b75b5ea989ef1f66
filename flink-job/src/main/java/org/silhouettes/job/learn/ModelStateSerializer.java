package org.silhouettes.job.learn;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.silhouettes.core.state.Binary;

/**
 * {@link ModelStateMapper} behind its length in bytes, an int32, so that bytes too many or too few are found out. The
 * format carries its own versions, so the serializer's snapshot never changes.
 */
public final class ModelStateSerializer extends TypeSerializer<ModelState> {

    @Override
    public void serialize(ModelState state, DataOutputView out) throws IOException {
        // a backend's own buffer needs no second one
        if (out instanceof DataOutputSerializer buffer) {
            int start = buffer.length();
            buffer.writeInt(0);
            ModelStateMapper.write(state, buffer);
            buffer.writeIntUnsafe(buffer.length() - start - Integer.BYTES, start);
        } else {
            DataOutputSerializer buffer = new DataOutputSerializer(1 << 16);
            ModelStateMapper.write(state, buffer);
            out.writeInt(buffer.length());
            out.write(buffer.getSharedBuffer(), 0, buffer.length());
        }
    }

    @Override
    public ModelState deserialize(DataInputView in) throws IOException {
        if (in instanceof DataInputDeserializer bytes) {
            int length = Binary.readLength(bytes);
            int after = bytes.available() - length;
            ModelState state = ModelStateMapper.read(bytes);
            requireRead(bytes.available() - after, length);
            return state;
        }
        return fromBytes(Binary.readBytes(in));
    }

    private static void requireRead(int left, int length) throws IOException {
        if (left != 0) {
            throw new IOException("model state is damaged: " + left + " bytes are left over of " + length
                    + ", its format version does not account for them");
        }
    }

    /** Reads {@link ModelStateMapper}'s bytes, all of them. */
    public static ModelState fromBytes(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        ModelState state = ModelStateMapper.read(in);
        requireRead(in.available(), bytes.length);
        return state;
    }

    /** {@link ModelStateMapper}'s bytes. */
    public static byte[] toBytes(ModelState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1 << 16);
        ModelStateMapper.write(state, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public ModelState copy(ModelState from) {
        try {
            return fromBytes(toBytes(from));
        } catch (IOException e) {
            throw new IllegalStateException("a model state in memory cannot be read back", e);
        }
    }

    @Override
    public ModelState copy(ModelState from, ModelState reuse) {
        return copy(from);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        byte[] bytes = Binary.readBytes(in);
        Binary.writeBytes(out, bytes);
    }

    @Override
    public ModelState deserialize(ModelState reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public TypeSerializer<ModelState> duplicate() {
        return new ModelStateSerializer();
    }

    @Override
    public ModelState createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelStateSerializer;
    }

    @Override
    public int hashCode() {
        return ModelStateSerializer.class.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<ModelState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Class that Flink makes by name from a savepoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ModelState> {
        public Snapshot() {
            super(ModelStateSerializer::new);
        }
    }
}
