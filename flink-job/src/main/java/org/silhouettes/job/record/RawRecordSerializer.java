package org.silhouettes.job.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes key, bytes value, headers, UTF topic, int32 partition, int64 offset. */
public final class RawRecordSerializer extends RecordSerializer<RawRecord> {

    public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    @Override
    public void serialize(RawRecord record, DataOutputView out) throws IOException {
        Bytes.write(record.key(), out);
        Bytes.write(record.value(), out);
        Bytes.writeHeaders(record.headers(), out);
        out.writeUTF(record.topic());
        out.writeInt(record.partition());
        out.writeLong(record.offset());
    }

    @Override
    public RawRecord deserialize(DataInputView in) throws IOException {
        return new RawRecord(
                Bytes.read(in), Bytes.read(in), Bytes.readHeaders(in), in.readUTF(), in.readInt(), in.readLong());
    }

    @Override
    public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Class that Flink makes by name from a savepoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
