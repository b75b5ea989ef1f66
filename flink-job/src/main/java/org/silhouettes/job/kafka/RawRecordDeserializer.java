package org.silhouettes.job.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.RecordHeaders;

/** Records as they come, with their coordinates: decoding is an operator's, as an error here would fail the job. */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(new RawRecord(
                record.key(),
                record.value(),
                RecordHeaders.of(record.headers()),
                record.topic(),
                record.partition(),
                record.offset()));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RecordTypeInfo.RAW;
    }
}
