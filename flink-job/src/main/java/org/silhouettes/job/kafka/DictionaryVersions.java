package org.silhouettes.job.kafka;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.silhouettes.wire.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which models have versions in the dictionaries topic: those whose mean image, the last record of each version, was
 * not deleted since. Reads committed records up to the last stable offset; holds a name and a number for each model.
 */
final class DictionaryVersions {

    private static final Logger LOG = LoggerFactory.getLogger(DictionaryVersions.class);
    private static final String SUFFIX = "/" + Headers.MEAN;
    private static final long UNKNOWN = -1;

    private final String topic;
    private final Properties client;
    private final Predicate<String> wanted;
    private final Map<String, Long> newest = new HashMap<>();

    /**
     * @param client properties of a consumer, bootstrap servers among them
     * @param wanted the models to tell about
     */
    DictionaryVersions(String topic, Properties client, Predicate<String> wanted) {
        this.topic = topic;
        this.client = client;
        this.wanted = wanted;
    }

    /** Newest version by model; empty where there is no topic. */
    Map<String, Long> read() {
        long started = System.nanoTime();
        try {
            TopicKeys.read(topic, client, this::take);
        } catch (UnknownTopicOrPartitionException e) {
            LOG.info("topic {} does not exist, so it holds no versions", topic);
        } catch (AuthorizationException e) {
            throw new SuppressRestartsException(new IllegalStateException(
                    "Kafka does not let this job read topic \"" + topic
                            + "\", which tells whether models would be learned"
                            + " a second time: grant its user READ and DESCRIBE on that topic, or start the job with"
                            + " start.from-nothing=allow (" + e.getMessage() + ")",
                    e));
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "could not read from topic \"" + topic + "\" at " + client.getProperty("bootstrap.servers")
                            + " which models have versions: " + e.getMessage(),
                    e);
        }
        LOG.info(
                "read topic {} in {} ms: it holds versions of {} models of this subtask",
                topic,
                (System.nanoTime() - started) / 1_000_000,
                newest.size());
        return newest;
    }

    Map<String, Long> newest() {
        return newest;
    }

    void take(ConsumerRecord<byte[], Boolean> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (!key.endsWith(SUFFIX)) {
            return;
        }
        String model = key.substring(0, key.length() - SUFFIX.length());
        if (!wanted.test(model)) {
            return;
        }
        if (record.value() == null) {
            newest.remove(model);
        } else {
            newest.put(model, version(record));
        }
    }

    private static long version(ConsumerRecord<byte[], Boolean> record) {
        Header header = record.headers().lastHeader(Headers.VERSION);
        if (header == null || header.value() == null) {
            return UNKNOWN;
        }
        try {
            return Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
