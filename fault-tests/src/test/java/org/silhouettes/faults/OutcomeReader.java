package org.silhouettes.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.Topics;

/** Reads a row's out topics under {@code read_committed} into an {@link Outcome}, as they grow. */
final class OutcomeReader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, String> kinds = new HashMap<>();
    private final List<TopicPartition> partitions;
    private final Outcome outcome = new Outcome();
    private final ObjectMapper json = new ObjectMapper();

    OutcomeReader(String bootstrapServers, RowTopics topics) {
        this(bootstrapServers, topics, "read_committed");
    }

    /** Reads with that isolation level of Kafka's. */
    OutcomeReader(String bootstrapServers, RowTopics topics, String isolation) {
        Properties properties = new Properties();
        properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        topics.out().forEach((kind, name) -> kinds.put(name, kind));
        partitions =
                kinds.keySet().stream().map(name -> new TopicPartition(name, 0)).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what has come; the outcome grows with every call. */
    Outcome read() {
        for (ConsumerRecord<byte[], byte[]> next : consumer.poll(Duration.ofMillis(200))) {
            add(next);
        }
        return outcome;
    }

    /** Reads up to the last stable offset of every topic. */
    Outcome readToEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Await.until(
                "out topics are read to their ends " + ends,
                Duration.ofSeconds(60),
                () -> "positions are "
                        + partitions.stream()
                                .map(p -> p + " " + consumer.position(p))
                                .toList(),
                () -> {
                    read();
                    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                });
        return outcome;
    }

    private void add(ConsumerRecord<byte[], byte[]> next) {
        String kind = kinds.get(next.topic());
        String key = next.key() == null ? "" : new String(next.key(), StandardCharsets.UTF_8);
        switch (kind) {
            case Topics.DICTIONARIES ->
                outcome.add(
                        kind,
                        key + "@" + header(next, Headers.VERSION),
                        header(next, Headers.SHA256) + " " + sha256(next.value()) + " after "
                                + header(next, Headers.IMAGES) + " images");
            case Topics.SILHOUETTES ->
                outcome.add(
                        kind,
                        key + "@" + header(next, Headers.VERSION) + "/" + header(next, Headers.KIND) + "/"
                                + header(next, Headers.GROUP),
                        sha256(next.value()));
            case Topics.ACTIVITY -> {
                ObjectNode report = (ObjectNode) tree(next.value());
                report.remove("emittedAtMillis");
                // what was refused is compared by the rejected topic
                report.remove("rejected");
                outcome.add(
                        kind,
                        key + "@" + report.get("version") + "/" + report.get("learned") + "/" + report.get("warmUp"),
                        report.toString());
            }
            case Topics.CODES -> {
                JsonNode code = tree(next.value());
                outcome.add(kind, key + "/" + code.get("id").asText(), code.toString());
            }
            case Topics.REJECTED ->
                outcome.add(
                        kind,
                        header(next, Headers.PARTITION) + "@" + header(next, Headers.OFFSET),
                        header(next, Headers.REASON));
            default -> throw new IllegalStateException("record of topic " + next.topic());
        }
    }

    private JsonNode tree(byte[] bytes) {
        try {
            return json.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last value of a header as text, "-" where there is none. */
    static String header(ConsumerRecord<byte[], byte[]> next, String name) {
        Header header = next.headers().lastHeader(name);
        return header == null ? "-" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
