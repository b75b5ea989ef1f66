package org.silhouettes.job.record;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Bytes key, bytes value, headers. */
public final class OutRecordSerializer extends RecordSerializer<OutRecord> {

    public static final OutRecordSerializer INSTANCE = new OutRecordSerializer();

    @Override
    public void serialize(OutRecord record, DataOutputView out) throws IOException {
        Bytes.write(record.key(), out);
        Bytes.write(record.value(), out);
        record.headers().write(out);
    }

    @Override
    public OutRecord deserialize(DataInputView in) throws IOException {
        return new OutRecord(Bytes.read(in), Bytes.read(in), RecordHeaders.read(in));
    }

    @Override
    public TypeSerializerSnapshot<OutRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Class that Flink makes by name from a savepoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<OutRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
