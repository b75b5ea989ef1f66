package org.silhouettes.job.kafka;

import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.silhouettes.wire.WireRecord;

/**
 * Writes {@link WireRecord}s to one topic; the partition follows from the key. Names its topic, because pooled transactions
 * are found again after a failure by the topic they wrote to.
 */
public final class OutRecordKafkaSerializer
        implements KafkaRecordSerializationSchema<WireRecord>, KafkaDatasetFacetProvider {

    private final String topic;

    public OutRecordKafkaSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(WireRecord record, KafkaSinkContext context, Long timestamp) {
        return record.to(topic);
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
