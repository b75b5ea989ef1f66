package org.silhouettes.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * How one topic keeps its records; the table of all of them is the single place that the embedded broker, the command
 * line and (checked by a test) {@code docker-compose.yml} take it from.
 *
 * @param topic name of the topic
 * @param partitions number of partitions; a model's images share one, whatever the number
 * @param config topic configuration, names as in {@link TopicConfig}
 */
public record TopicPolicy(String topic, int partitions, Map<String, String> config) {

    /** How far back the dashboard can travel: nothing younger is compacted or deleted. */
    public static final Duration HISTORY = Duration.ofDays(7);

    /** A stream is read once, and an endless one must not fill the disk. */
    private static final long IMAGES_BYTES_A_PARTITION = 4L << 30;

    private static final String SEGMENT_BYTES = Integer.toString(64 << 20);

    public TopicPolicy {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic \"" + topic + "\" must have at least 1 partition, not " + partitions);
        }
        config = Map.copyOf(config);
    }

    /**
     * The policies of all topics, under their usual names.
     *
     * @param imagesPartitions partitions of {@code images}: more than one only serves several models
     * @param history how long records are kept at least
     */
    public static List<TopicPolicy> all(int imagesPartitions, Duration history) {
        Map<String, String> retained = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(history.toMillis()),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                SEGMENT_BYTES);
        Map<String, String> images = new HashMap<>(retained);
        images.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(IMAGES_BYTES_A_PARTITION));
        Map<String, String> dictionaries = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(history.toMillis()),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                SEGMENT_BYTES);
        return List.of(
                new TopicPolicy(Topics.IMAGES, imagesPartitions, images),
                new TopicPolicy(Topics.DICTIONARIES, 1, dictionaries),
                new TopicPolicy(Topics.SILHOUETTES, 1, retained),
                new TopicPolicy(Topics.ACTIVITY, 1, retained),
                new TopicPolicy(Topics.CODES, 1, retained),
                new TopicPolicy(Topics.REJECTED, 1, retained));
    }

    /** The same policy for a topic of another name. */
    public TopicPolicy named(String name) {
        return new TopicPolicy(name, partitions, config);
    }

    /** The request that creates the topic. */
    public NewTopic newTopic(short replication) {
        return new NewTopic(topic, partitions, replication).configs(config);
    }
}
