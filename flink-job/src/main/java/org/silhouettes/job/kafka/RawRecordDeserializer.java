package org.silhouettes.job.kafka;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordHeaders;
import org.silhouettes.job.record.RecordTypeInfo;

/** Records as they come, with their coordinates: decoding is an operator's, as an error here would fail the job. */
public final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(new RawRecord(
                record.key(), record.value(), headers(record), record.topic(), record.partition(), record.offset()));
    }

    private static RecordHeaders headers(ConsumerRecord<byte[], byte[]> record) {
        Header[] headers = record.headers().toArray();
        if (headers.length == 0) {
            return RecordHeaders.NONE;
        }
        String[] names = new String[headers.length];
        byte[][] values = new byte[headers.length][];
        for (int i = 0; i < headers.length; i++) {
            names[i] = headers[i].key();
            values[i] = headers[i].value();
        }
        return new RecordHeaders(names, values);
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return RecordTypeInfo.RAW;
    }
}
