package org.silhouettes.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.internal.FlinkKafkaInternalProducer;
import org.apache.flink.connector.kafka.sink.internal.KafkaCommitter;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.silhouettes.embedded.kafka.EmbeddedKafka;

/** The job's view of positions and transactions, on a real broker that gives transactions up soon. */
@Timeout(120)
class RealTopicsIT {

    private static EmbeddedKafka kafka;
    private static Admin admin;
    private static TopicOffsets offsets;

    private final Counter lost = new SimpleCounter();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults()
                .withOverrides(Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200")));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        offsets = new TopicOffsets(admin);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void aPositionThatRetentionPassedFailsOrGoesOnAndIsCounted() throws Exception {
        topic("gap", 2);
        send("gap", 10);
        admin.deleteRecords(Map.of(new TopicPartition("gap", 0), RecordsToDelete.beforeOffset(7)))
                .all()
                .get();
        List<KafkaPartitionSplit> behind = List.of(split("gap", 0, 3));
        assertThatThrownBy(() -> positions("gap", OnGap.FAIL).check(behind, offsets))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "partition 0 of topic \"gap\" begins at offset 7, but the job continues at offset 3: up to 4"
                                + " images were removed before the job read them (retention). Set"
                                + " input.on-gap=earliest to keep the models and continue at offset 7, or start the job"
                                + " without its checkpoint");
        assertThat(positions("gap", OnGap.EARLIEST).check(behind, offsets)).containsExactly(split("gap", 0, 7));
        assertThat(lost.getCount()).isEqualTo(4);

        // a position that holds, the end, and the beginning, which is a number from now on
        List<KafkaPartitionSplit> well = List.of(split("gap", 0, 7), split("gap", 1, 0));
        assertThat(positions("gap", OnGap.FAIL).check(well, offsets)).isEqualTo(well);
        assertThat(positions("gap", OnGap.FAIL).check(List.of(split("gap", 0, 10)), offsets))
                .hasSize(1);
        assertThat(positions("gap", OnGap.FAIL)
                        .check(List.of(split("gap", 0, KafkaPartitionSplit.EARLIEST_OFFSET)), offsets))
                .containsExactly(split("gap", 0, 7));
        for (OnGap onGap : OnGap.values()) {
            assertThatThrownBy(() -> positions("gap", onGap).check(List.of(split("gap", 0, 11)), offsets))
                    .hasMessageStartingWith(
                            "partition 0 of topic \"gap\" ends at offset 10, but the job continues at offset 11");
            assertThatThrownBy(() -> positions("gap", onGap).check(List.of(split("gap", 2, 0)), offsets))
                    .hasMessageStartingWith("topic \"gap\" has no partition 2, which the job has read (it has 2)");
        }
    }

    @Test
    void positionsOfOtherTopicsAreDropped() {
        assertThat(SplitPositions.ofTopic("new", List.of(split("old", 0, 5), split("new", 1, 6))))
                .containsExactly(split("new", 1, 6));
    }

    @Test
    void anOpenTransactionInFrontOfImagesIsReportedOnceWithItsOwner() throws Exception {
        topic("held", 1);
        DeferredImages deferred = new DeferredImages("held");
        try (KafkaProducer<byte[], byte[]> other = producer("a-foreign-client", 60_000)) {
            other.initTransactions();
            other.beginTransaction();
            other.send(record("held")).get();
            send("held", 5);
            assertThat(deferred.look(offsets)).isEmpty();
            assertThat(deferred.look(offsets))
                    .singleElement()
                    .asString()
                    .startsWith("6 records of partition 0 of topic \"held\", from offset 0 on, are blocked by an open"
                            + " transaction of transactional id \"a-foreign-client\", whose newest record is of 20")
                    .contains("kafka-transactions.sh abort --topic held --partition 0 --start-offset 0");
            assertThat(deferred.look(offsets)).isEmpty();
            other.abortTransaction();
        }
        assertThat(deferred.look(offsets)).isEmpty();
    }

    @Test
    void onlyTransactionsThatTheBrokerGaveUpCountAsLost() throws Exception {
        topic("out", 1);
        KafkaCommittable committed = precommitted("committed", 60_000);
        assertThat(commit(committed)).isEmpty();
        assertThat(commit(committed)).as("committed twice, as after a restore").isEmpty();
        assertThat(lost.getCount()).isZero();

        // a pool uses the id again, then a restored job commits the old transaction again
        try (KafkaProducer<byte[], byte[]> again = producer("committed", 60_000)) {
            again.initTransactions();
            assertThat(commit(committed)).as("used again, empty").hasSize(1);
            again.beginTransaction();
            again.send(record("out")).get();
            assertThat(commit(committed)).as("used again, open").hasSize(1);
            again.abortTransaction();
            assertThat(commit(committed)).as("used again, aborted").hasSize(1);
        }
        assertThat(lost.getCount()).isZero();

        KafkaCommittable expired = precommitted("expired", 1_000);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> admin.describeTransactions(List.of("expired"))
                                .all()
                                .get()
                                .get("expired")
                                .state()
                        == TransactionState.COMPLETE_ABORT);
        assertThat(commit(expired)).hasSize(1);
        assertThat(lost.getCount()).isEqualTo(1);
    }

    private SplitPositions positions(String topic, OnGap onGap) {
        return new SplitPositions(topic, onGap, lost);
    }

    /** A transaction as a checkpoint holds it: written, neither committed nor aborted. */
    private static KafkaCommittable precommitted(String id, int timeoutMillis) throws Exception {
        try (FlinkKafkaInternalProducer<byte[], byte[]> producer =
                new FlinkKafkaInternalProducer<>(properties(timeoutMillis), id)) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record("out")).get();
            producer.flush();
            KafkaCommittable open = new KafkaCommittable(producer.getProducerId(), producer.getEpoch(), id, null);
            producer.precommitTransaction();
            return open;
        }
    }

    /** Commits through the connector's committer; returns the failures. */
    private List<Throwable> commit(KafkaCommittable committable) throws Exception {
        List<Throwable> failures = new ArrayList<>();
        try (ReportingCommitter committer = new ReportingCommitter(
                new KafkaCommitter(properties(60_000), "test", 0, 0, true, FlinkKafkaInternalProducer::new),
                new TransactionFate(() -> properties(60_000)),
                "out",
                lost)) {
            Collection<CommitRequest<KafkaCommittable>> requests = List.of(new Request(committable, failures));
            committer.commit(requests);
        }
        return failures;
    }

    private record Request(KafkaCommittable committable, List<Throwable> failures)
            implements CommitRequest<KafkaCommittable> {

        @Override
        public KafkaCommittable getCommittable() {
            return committable;
        }

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            failures.add(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void retryLater() {
            throw new AssertionError("to be retried");
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable other) {
            throw new AssertionError("to be retried");
        }

        @Override
        public void signalAlreadyCommitted() {}
    }

    private static KafkaPartitionSplit split(String topic, int partition, long offset) {
        return new KafkaPartitionSplit(new TopicPartition(topic, partition), offset);
    }

    private static void topic(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get();
    }

    private static void send(String topic, int records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties(60_000), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(record(topic)).get();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic) {
        return new ProducerRecord<>(topic, 0, "m".getBytes(UTF_8), new byte[1]);
    }

    private static KafkaProducer<byte[], byte[]> producer(String id, int timeoutMillis) {
        Map<String, Object> settings = new HashMap<>();
        properties(timeoutMillis).forEach((name, value) -> settings.put((String) name, value));
        settings.put("transactional.id", id);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Properties properties(int timeoutMillis) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        properties.put("transaction.timeout.ms", Integer.toString(timeoutMillis));
        properties.put("key.serializer", ByteArraySerializer.class.getName());
        properties.put("value.serializer", ByteArraySerializer.class.getName());
        return properties;
    }
}
