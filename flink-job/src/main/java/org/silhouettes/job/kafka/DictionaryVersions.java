package org.silhouettes.job.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.RecordHeaders;
import org.silhouettes.wire.message.DictionaryKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads which models have versions in the dictionaries topic: those whose mean image, the last record of each version, was
 * not deleted since. Reads committed records up to the last stable offset; holds a name and a number for each model.
 */
final class DictionaryVersions {

    private static final Logger LOG = LoggerFactory.getLogger(DictionaryVersions.class);
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
                            + "\", which shows whether models would be learned"
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
        DictionaryKey key = DictionaryKey.parse(record.key()).orElse(null);
        if (key == null || !key.isMean() || !wanted.test(key.model())) {
            return;
        }
        if (record.value() == null) {
            newest.remove(key.model());
        } else {
            newest.put(key.model(), version(record));
        }
    }

    private static long version(ConsumerRecord<byte[], Boolean> record) {
        try {
            return RecordHeaders.of(record.headers()).number(Headers.VERSION);
        } catch (IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
