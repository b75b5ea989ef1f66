package org.silhouettes.job.kafka;

import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableSupplier;
import org.silhouettes.job.metrics.MetricNames;

/**
 * A Kafka source that reads one topic, whatever its checkpoint says, and never skips images silently. Splits and state
 * are those of {@link org.apache.flink.connector.kafka.source.KafkaSource}.
 *
 * @param <T> type of the records
 */
public final class ImagesSource<T> implements Source<T, KafkaPartitionSplit, KafkaSourceEnumState> {

    private static final long serialVersionUID = 1L;

    private final Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source;
    private final String topic;
    private final SerializableSupplier<Properties> clients;
    private final OnGap onGap;
    private final OutputTransactions output;

    /**
     * @param source reads the topic and starts at the earliest offset
     * @param output checked when the job starts
     */
    public ImagesSource(
            Source<T, KafkaPartitionSplit, KafkaSourceEnumState> source,
            String topic,
            SerializableSupplier<Properties> clients,
            OnGap onGap,
            OutputTransactions output) {
        this.source = source;
        this.topic = topic;
        this.clients = clients;
        this.onGap = onGap;
        this.output = output;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        SplitPositions positions = new SplitPositions(
                topic, onGap, context.metricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.LOST_IMAGES));
        return new ImagesReader<>(source.createReader(context), topic, clients, positions);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) throws Exception {
        return new ImagesEnumerator(source.createEnumerator(context), context, topic, clients, output);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        KafkaSourceEnumState ofTopic = new KafkaSourceEnumState(
                SplitPositions.ofTopic(topic, List.copyOf(state.assignedSplits())),
                SplitPositions.ofTopic(topic, List.copyOf(state.unassignedSplits())),
                state.initialDiscoveryFinished());
        return new ImagesEnumerator(source.restoreEnumerator(context, ofTopic), context, topic, clients, output);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }
}
