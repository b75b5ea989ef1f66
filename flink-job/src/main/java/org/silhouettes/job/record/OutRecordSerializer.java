package org.silhouettes.job.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.silhouettes.wire.WireRecord;

/** Bytes key, bytes value, headers. */
public final class OutRecordSerializer extends RecordSerializer<WireRecord> {

    public static final OutRecordSerializer INSTANCE = new OutRecordSerializer();

    @Override
    public void serialize(WireRecord record, DataOutputView out) throws IOException {
        Bytes.write(record.key(), out);
        Bytes.write(record.value(), out);
        Bytes.writeHeaders(record.headers(), out);
    }

    @Override
    public WireRecord deserialize(DataInputView in) throws IOException {
        return new WireRecord(Bytes.read(in), Bytes.read(in), Bytes.readHeaders(in));
    }

    @Override
    public TypeSerializerSnapshot<WireRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Class that Flink makes by name from a savepoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WireRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
