package org.silhouettes.cli.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.ClientConfig;

/** What a job asks its brokers about transactions when it starts. */
@Timeout(120)
class OutputTransactionsIT {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void openTransactionsOfAnotherPrefixAreReportedUntilTheyEnd() throws Exception {
        try (KafkaProducer<byte[], byte[]> earlier = open("silhouettes-2-dictionaries-0-1", Topics.DICTIONARIES);
                KafkaProducer<byte[], byte[]> own = open("silhouettes-activity-0-1", Topics.ACTIVITY);
                KafkaProducer<byte[], byte[]> elsewhere = open("other-0-1", Topics.IMAGES)) {
            List<String> warnings = check(Map.of());
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0))
                    .contains("topic \"dictionaries\"", "\"silhouettes-2-dictionaries-0-1\"", " s old")
                    .contains("kafka-transactions.sh", "abort --topic dictionaries --partition 0 --start-offset 0");
            assertThat(check(Map.of("kafka.transactional-id-prefix", "silhouettes-2")))
                    .singleElement()
                    .asString()
                    .contains("\"silhouettes-activity-0-1\"");
            earlier.abortTransaction();
            own.abortTransaction();
            elsewhere.abortTransaction();
        }
        assertThat(check(Map.of())).isEmpty();
    }

    @Test
    void aTransactionTimeoutAboveTheBrokersIsRefusedWithBothValues() {
        assertThatThrownBy(() -> check(Map.of("kafka.transaction-timeout", "61min")))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage(
                        "kafka.transaction-timeout is 3660000 ms, the brokers allow transactions of 3600000 ms"
                                + " at most (transaction.max.timeout.ms): set kafka.transaction-timeout to 3600000 ms or less,"
                                + " or raise transaction.max.timeout.ms of every broker");
        assertThat(check(Map.of("kafka.transaction-timeout", "60min"))).isEmpty();
    }

    @Test
    void aJobWithSuchATimeoutEndsInsteadOfRestarting() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.start(EmbeddedFlink.Settings.defaults())) {
            StreamExecutionEnvironment env = flink.environment();
            KafkaWorkflow.build(env, settings(Map.of("kafka.transaction-timeout", "61min")), Optional.empty());
            JobClient job = env.executeAsync("too long transactions");
            assertThatThrownBy(() -> job.getJobExecutionResult().get(90, TimeUnit.SECONDS))
                    .hasStackTraceContaining(
                            "(transaction.max.timeout.ms): set kafka.transaction-timeout to 3600000 ms");
        }
    }

    private static List<String> check(Map<String, String> options) {
        return KafkaWorkflow.output(settings(options)).check(ClientConfig.of(kafka.bootstrapServers()));
    }

    private static JobSettings settings(Map<String, String> options) {
        return LocalJob.settings(options, kafka.bootstrapServers());
    }

    private static KafkaProducer<byte[], byte[]> open(String transactionalId, String topic) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, new byte[1], new byte[1])).get();
        return producer;
    }
}
