package org.silhouettes.wire;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record lies in Kafka. */
public record RecordPosition(String topic, int partition, long offset) {

    /** Where that record lies. */
    public static RecordPosition of(ConsumerRecord<?, ?> record) {
        return new RecordPosition(record.topic(), record.partition(), record.offset());
    }

    /** {@code topic-partition@offset}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
