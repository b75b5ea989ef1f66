package org.silhouettes.job;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.silhouettes.job.kafka.AdminClosingKafkaSink;
import org.silhouettes.job.kafka.ConnectedKafkaSource;
import org.silhouettes.job.kafka.EarliestThenExact;
import org.silhouettes.job.kafka.ImagesSource;
import org.silhouettes.job.kafka.KafkaTopicHistory;
import org.silhouettes.job.kafka.OutRecordKafkaSerializer;
import org.silhouettes.job.kafka.OutputTransactions;
import org.silhouettes.job.kafka.RawRecordDeserializer;
import org.silhouettes.job.kafka.TopicGuard;
import org.silhouettes.job.kafka.UnusedKafkaSink;
import org.silhouettes.job.learn.CodesEmit;
import org.silhouettes.job.learn.TopicHistory;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.ClientConfig;

/** The job's graph between Kafka topics: every image once, every output record once. */
public final class KafkaWorkflow {

    private KafkaWorkflow() {}

    /**
     * Defines the job's graph on Kafka.
     *
     * @param stopAt offset by partition of the images topic at which the job ends, exclusive; without it, it never ends.
     *     The end of a bounded input flushes nothing: the header {@code flush} of a last image does
     * @throws IllegalArgumentException where transactions would expire before their checkpoints
     */
    public static void build(
            StreamExecutionEnvironment env, JobSettings settings, Optional<Map<Integer, Long>> stopAt) {
        KafkaSettings kafka = settings.requireTransactionsOutliveCheckpoints().kafka();
        Sinks sinks = new Sinks(
                sink(kafka, Operators.DICTIONARIES, kafka.topics().dictionaries()),
                sink(kafka, Operators.SILHOUETTES, kafka.topics().silhouettes()),
                sink(kafka, Operators.ACTIVITY, kafka.topics().activity()),
                Optional.of(codes(settings)),
                sink(kafka, Operators.REJECTED, kafka.topics().rejected()));
        SilhouettesJob.configure(env, settings);
        DataStream<RawRecord> records = SilhouettesJob.records(
                        env,
                        new ImagesSource<>(
                                source(kafka, stopAt),
                                kafka.topics().images(),
                                admin(kafka),
                                settings.onGap(),
                                output(settings)))
                .map(new TopicGuard(kafka.topics().images(), kafka.clients()), RecordTypeInfo.RAW)
                .name(Operators.TOPIC.title())
                .uid(Operators.TOPIC.uid());
        TopicHistory topics = new KafkaTopicHistory(
                kafka.topics().images(), kafka.topics().dictionaries(), settings.fromNothing(), kafka.clients());
        SilhouettesJob.defineWorkflow(records, sinks, settings, topics);
    }

    /** The transactions that a job of these settings writes its output in. */
    public static OutputTransactions output(JobSettings settings) {
        KafkaSettings kafka = settings.kafka();
        Map<String, String> prefixes = new HashMap<>();
        prefixes.put(kafka.topics().dictionaries(), transactions(kafka, Operators.DICTIONARIES));
        prefixes.put(kafka.topics().silhouettes(), transactions(kafka, Operators.SILHOUETTES));
        prefixes.put(kafka.topics().activity(), transactions(kafka, Operators.ACTIVITY));
        prefixes.put(kafka.topics().rejected(), transactions(kafka, Operators.REJECTED));
        if (settings.learning().reports().codes() != CodesEmit.NONE) {
            prefixes.put(kafka.topics().codes(), transactions(kafka, Operators.CODES));
        }
        return new OutputTransactions(prefixes, kafka.transactionTimeout());
    }

    private static String transactions(KafkaSettings kafka, Operators sink) {
        return kafka.transactionalIdPrefix() + "-" + sink.title();
    }

    /** In the graph also where no codes are emitted: a checkpoint is restored with either value of codes.emit. */
    private static Sink<WireRecord> codes(JobSettings settings) {
        KafkaSettings kafka = settings.kafka();
        AdminClosingKafkaSink<WireRecord> codes =
                sink(kafka, Operators.CODES, kafka.topics().codes());
        return settings.learning().reports().codes() == CodesEmit.NONE ? new UnusedKafkaSink<>(codes) : codes;
    }

    private static SerializableSupplier<Properties> admin(KafkaSettings kafka) {
        ClientConfig clients = kafka.clients();
        return () -> clients.admin(Map.of());
    }

    private static ConnectedKafkaSource<RawRecord> source(KafkaSettings kafka, Optional<Map<Integer, Long>> stopAt) {
        // java.util's maps of any kind are serializable, an Optional is not
        HashMap<Integer, Long> ends = stopAt.map(HashMap::new).orElse(null);
        return new ConnectedKafkaSource<>(
                source(kafka, kafka.clients().withoutFile(), ends), () -> source(kafka, kafka.clients(), ends));
    }

    private static KafkaSource<RawRecord> source(KafkaSettings kafka, ClientConfig clients, Map<Integer, Long> stopAt) {
        Map<String, String> usual = new HashMap<>();
        // an image is small and a learner is quick: fetch by the megabyte, poll by the thousand
        usual.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "65536");
        usual.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50");
        usual.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        usual.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        usual.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // a topic that is gone, or has more partitions, is noticed that soon
        usual.put(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                Long.toString(Duration.ofSeconds(30).toMillis()));
        KafkaSourceBuilder<RawRecord> source = KafkaSource.<RawRecord>builder()
                .setProperties(clients.source(usual))
                .setGroupId(kafka.groupId())
                .setTopics(kafka.topics().images())
                // models start with the stream: without a checkpoint to continue from, so does the job
                .setStartingOffsets(new EarliestThenExact())
                .setDeserializer(new RawRecordDeserializer());
        if (stopAt != null) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            stopAt.forEach((partition, offset) ->
                    ends.put(new TopicPartition(kafka.topics().images(), partition), offset));
            source.setBounded(OffsetsInitializer.offsets(ends));
        }
        return source.build();
    }

    private static AdminClosingKafkaSink<WireRecord> sink(KafkaSettings kafka, Operators operator, String topic) {
        return new AdminClosingKafkaSink<>(
                sink(kafka, kafka.clients().withoutFile(), operator, topic),
                () -> sink(kafka, kafka.clients(), operator, topic),
                topic,
                admin(kafka));
    }

    private static KafkaSink<WireRecord> sink(
            KafkaSettings kafka, ClientConfig clients, Operators operator, String topic) {
        Map<String, String> usual = new HashMap<>();
        usual.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(kafka.transactionTimeout().toMillis()));
        usual.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(kafka.maxRecordBytes() + 65_536));
        usual.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        return KafkaSink.<WireRecord>builder()
                .setKafkaProducerConfig(clients.producer(usual))
                .setRecordSerializer(new OutRecordKafkaSerializer(topic))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setTransactionalIdPrefix(transactions(kafka, operator))
                .build();
    }
}
