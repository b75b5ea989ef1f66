package org.silhouettes.embedded.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.Topics;

class EmbeddedKafkaIT {

    @Test
    void committedTransactionsSurviveARestartAndOpenOnesAreInvisible(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka =
                EmbeddedKafka.start(EmbeddedKafka.Settings.defaults().withDataFolder(folder))) {
            String before = kafka.bootstrapServers();
            try (KafkaProducer<byte[], byte[]> producer = transactional(before)) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(Topics.IMAGES, "m".getBytes(UTF_8), "kept".getBytes(UTF_8)))
                        .get();
                producer.commitTransaction();
                producer.beginTransaction();
                producer.send(new ProducerRecord<>(Topics.IMAGES, "m".getBytes(UTF_8), "open".getBytes(UTF_8)))
                        .get();
                kafka.stop();
                kafka.resume();
                producer.abortTransaction();
            }
            assertThat(kafka.bootstrapServers()).isEqualTo(before);
            assertThat(values(before, Topics.IMAGES)).containsExactly("kept");
        }
        assertThat(folder).exists().isNotEmptyDirectory();
    }

    @Test
    void temporaryDataIsRemovedAndAGivenFolderIsReadAgain(@TempDir Path folder) throws Exception {
        Path temporary;
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            temporary = kafka.dataFolder();
            assertThat(temporary).isDirectory();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get())
                        .contains("images", "dictionaries", "silhouettes", "activity", "codes", "rejected");
                ConfigResource dictionaries = new ConfigResource(ConfigResource.Type.TOPIC, Topics.DICTIONARIES);
                Config config =
                        admin.describeConfigs(List.of(dictionaries)).all().get().get(dictionaries);
                assertThat(config.get("cleanup.policy").value()).isEqualTo("compact");
                assertThat(config.get("min.compaction.lag.ms").value())
                        .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
            }
        }
        assertThat(temporary).doesNotExist();
        assertThat(Files.list(folder)).isEmpty();
    }

    @Test
    void aTakenPortIsRefusedByName() {
        try (Ports.Reservation taken = Ports.reserve("the test", 0)) {
            EmbeddedKafka.Settings settings = EmbeddedKafka.Settings.defaults().withPort(taken.port());
            assertThatThrownBy(() -> EmbeddedKafka.start(settings))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "port " + taken.port()
                                    + " for Kafka (--kafka-port) is taken: end what listens there or give another port, 0 for a free one");
        }
    }

    @Test
    void aFaultOfTheBrokerDoesNotEndTheJvm() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            Exit.halt(1, "a fault made by the test");
            assertThat(values(kafka.bootstrapServers(), Topics.REJECTED)).isEmpty();
        }
    }

    @Test
    void anAbsentClusterIsReportedInTimeWithItsAddress() {
        String nowhere;
        try (Ports.Reservation reserved = Ports.reserve("unused", 0)) {
            nowhere = "127.0.0.1:" + reserved.port();
        }
        Duration timeout = Duration.ofSeconds(2);
        assertThatThrownBy(() -> KafkaTopics.createMissing(nowhere, TopicPolicy.all(1, timeout), (short) -1, timeout))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "no Kafka broker answered at \"" + nowhere + "\": nothing listens at " + nowhere)
                .hasMessageContaining("--bootstrap-servers");
    }

    private static KafkaProducer<byte[], byte[]> transactional(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<String> values(String bootstrapServers, String topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records.stream()
                    .map(record -> new String(record.value(), UTF_8))
                    .toList();
        }
    }
}
