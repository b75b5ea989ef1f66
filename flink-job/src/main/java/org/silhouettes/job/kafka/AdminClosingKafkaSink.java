package org.silhouettes.job.kafka;

import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.silhouettes.job.metrics.MetricNames;

/**
 * A {@link KafkaSink} whose writers also close their admin client. The connector (5.0.0) makes one for each writer, to
 * list the transactions that a run before left open, and never closes it: each start of a job on a TaskManager would
 * leave a thread and a socket a writer behind. Where the connector's writer has no such client, nothing is done. Its
 * committers count the transactions that are lost.
 * Writers and committers read the client file in the process that they run in; the graph holds its path alone.
 *
 * @param <T> type of the records
 */
public final class AdminClosingKafkaSink<T>
        implements TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable>,
                SupportsPostCommitTopology<KafkaCommittable> {

    private static final long serialVersionUID = 1L;
    private static final String ADMIN_CLIENT = "adminClient";

    private final KafkaSink<T> sink;
    private final SerializableSupplier<KafkaSink<T>> connected;
    private final String topic;
    private final SerializableSupplier<Properties> admin;

    /**
     * @param graph the sink without the client file, for the graph
     * @param connected makes the sink with the client file, where producers are made
     * @param topic that the sink writes to
     * @param admin makes the properties of an admin client
     */
    public AdminClosingKafkaSink(
            KafkaSink<T> graph,
            SerializableSupplier<KafkaSink<T>> connected,
            String topic,
            SerializableSupplier<Properties> admin) {
        this.sink = graph;
        this.connected = connected;
        this.topic = topic;
        this.admin = admin;
    }

    private TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable> sink() {
        return connected.get();
    }

    @Override
    public PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> createWriter(
            WriterInitContext context) throws IOException {
        return new AdminClosingWriter<>(sink().createWriter(context));
    }

    @Override
    public PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> states) throws IOException {
        return new AdminClosingWriter<>(sink().restoreWriter(context, states));
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return sink.getWriterStateSerializer();
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
        return new ReportingCommitter(
                connected.get().createCommitter(context),
                new TransactionFate(admin),
                topic,
                context.metricGroup().addGroup(MetricNames.GROUP).counter(MetricNames.LOST_TRANSACTIONS));
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return sink.getCommittableSerializer();
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
        sink.addPostCommitTopology(committables);
    }

    private record AdminClosingWriter<T>(PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer)
            implements PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> {

        @Override
        public void write(T element, Context context) throws IOException, InterruptedException {
            writer.write(element, context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            writer.flush(endOfInput);
        }

        @Override
        public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
            writer.writeWatermark(watermark);
        }

        @Override
        public Collection<KafkaCommittable> prepareCommit() throws IOException, InterruptedException {
            return writer.prepareCommit();
        }

        @Override
        public List<KafkaWriterState> snapshotState(long checkpoint) throws IOException {
            return writer.snapshotState(checkpoint);
        }

        @Override
        public void close() throws Exception {
            try {
                writer.close();
            } finally {
                closeAdminClient(writer);
            }
        }
    }

    private static void closeAdminClient(Object writer) throws IllegalAccessException {
        for (Field field : writer.getClass().getDeclaredFields()) {
            if (field.getName().equals(ADMIN_CLIENT)) {
                field.setAccessible(true);
                if (field.get(writer) instanceof Admin admin) {
                    admin.close(Duration.ZERO);
                }
            }
        }
    }
}
