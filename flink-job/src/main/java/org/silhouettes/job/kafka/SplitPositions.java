package org.silhouettes.job.kafka;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.Counter;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the positions of a reader before it reads. Splits of topics that are not configured any more are dropped: the
 * connector would restore them and read those topics too. A position that the topic does not hold fails, or moves to the
 * earliest offset, as {@link OnGap} says.
 */
final class SplitPositions {

    private static final Logger LOG = LoggerFactory.getLogger(SplitPositions.class);

    private final String topic;
    private final OnGap onGap;
    private final Counter lostImages;

    SplitPositions(String topic, OnGap onGap, Counter lostImages) {
        this.topic = topic;
        this.onGap = onGap;
        this.lostImages = lostImages;
    }

    /** Removes the splits of other topics. */
    static List<KafkaPartitionSplit> ofTopic(String topic, List<KafkaPartitionSplit> splits) {
        List<KafkaPartitionSplit> kept =
                splits.stream().filter(split -> split.getTopic().equals(topic)).toList();
        if (kept.size() < splits.size()) {
            Set<KafkaPartitionSplit> dropped = new HashSet<>(splits);
            kept.forEach(dropped::remove);
            LOG.warn(
                    "restored positions of topics that topics.images does not name are dropped: {}. Topic \"{}\" is read"
                            + " from its beginning where the job has not read it before",
                    dropped,
                    topic);
        }
        return kept;
    }

    /**
     * The splits with positions that exist.
     *
     * @param offsets where to ask for them
     * @throws IllegalStateException naming partition, offsets and remedy, where a position does not exist
     */
    List<KafkaPartitionSplit> check(List<KafkaPartitionSplit> splits, TopicOffsets offsets) {
        if (splits.isEmpty()) {
            return splits;
        }
        Set<TopicPartition> existing = new HashSet<>(offsets.partitions(topic));
        Set<TopicPartition> wanted =
                splits.stream().map(KafkaPartitionSplit::getTopicPartition).collect(Collectors.toSet());
        for (TopicPartition partition : wanted) {
            if (!existing.contains(partition)) {
                throw new IllegalStateException("topic \"" + topic + "\" has no partition " + partition.partition()
                        + ", which the job has read (it has " + existing.size() + "): it was created again with fewer;"
                        + " start the job without its checkpoint, or set topics.images to another topic");
            }
        }
        Map<TopicPartition, Long> begins = offsets.begins(wanted);
        Map<TopicPartition, Long> ends = offsets.ends(wanted);
        List<KafkaPartitionSplit> checked = new ArrayList<>();
        for (KafkaPartitionSplit split : splits) {
            TopicPartition partition = split.getTopicPartition();
            checked.add(check(split, begins.get(partition), ends.get(partition)));
        }
        return checked;
    }

    KafkaPartitionSplit check(KafkaPartitionSplit split, long begin, long end) {
        long wanted = split.getStartingOffset();
        if (wanted == KafkaPartitionSplit.EARLIEST_OFFSET) {
            // a number from now on: what retention removes before the first image is read is missed, not skipped
            return from(split, begin);
        }
        String partition = "partition " + split.getPartition() + " of topic \"" + topic + "\"";
        if (wanted > end) {
            throw new IllegalStateException(partition + " ends at offset " + end + ", but the job continues at offset "
                    + wanted + ": the topic has lost records that the job has read, or is another one of the same name;"
                    + " start the job without its checkpoint, or set topics.images to another topic");
        }
        if (wanted < 0 || wanted >= begin) {
            return split;
        }
        long lost = begin - wanted;
        String gap = partition + " begins at offset " + begin + ", but the job continues at offset " + wanted
                + ": up to " + lost + " images were removed before the job read them (retention)";
        if (onGap == OnGap.FAIL) {
            throw new IllegalStateException(
                    gap + ". Set input.on-gap=earliest to keep the models and continue at offset " + begin
                            + ", or start the job without its checkpoint");
        }
        LOG.warn("{}. The job continues at offset {} (input.on-gap=earliest)", gap, begin);
        lostImages.inc(lost);
        return from(split, begin);
    }

    private static KafkaPartitionSplit from(KafkaPartitionSplit split, long offset) {
        return new KafkaPartitionSplit(
                split.getTopicPartition(),
                offset,
                split.getStoppingOffset().orElse(KafkaPartitionSplit.NO_STOPPING_OFFSET));
    }
}
