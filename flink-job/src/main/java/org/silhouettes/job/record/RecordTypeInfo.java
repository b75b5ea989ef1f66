package org.silhouettes.job.record;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.silhouettes.wire.WireRecord;

/** Type information of a record that has its own serializer, so that Flink never falls back to a generic one. */
public final class RecordTypeInfo<T> extends TypeInformation<T> {

    public static final RecordTypeInfo<RawRecord> RAW =
            new RecordTypeInfo<>(RawRecord.class, RawRecordSerializer.INSTANCE);
    public static final RecordTypeInfo<ImageRecord> IMAGE =
            new RecordTypeInfo<>(ImageRecord.class, ImageRecordSerializer.INSTANCE);
    public static final RecordTypeInfo<WireRecord> OUT =
            new RecordTypeInfo<>(WireRecord.class, OutRecordSerializer.INSTANCE);

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    private RecordTypeInfo(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RecordTypeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordTypeInfo<?> that && that.type == type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
