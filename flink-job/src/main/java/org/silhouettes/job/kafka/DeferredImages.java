package org.silhouettes.job.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds images that wait for the end of an open transaction of another producer. Not thread-safe. A transaction is
 * reported once, when it holds records back at two looks in a row.
 */
final class DeferredImages {

    private final String topic;
    private Map<TopicPartition, Long> heldAt = new HashMap<>();
    private final Set<String> reported = new HashSet<>();

    DeferredImages(String topic) {
        this.topic = topic;
    }

    /** Looks once; returns what there is to report, one sentence a partition. */
    List<String> look(TopicOffsets offsets) {
        List<TopicPartition> partitions = offsets.partitions(topic);
        Map<TopicPartition, Long> stable = offsets.stableEnds(partitions);
        Map<TopicPartition, Long> ends = offsets.ends(partitions);
        Map<TopicPartition, Long> before = heldAt;
        heldAt = new HashMap<>(stable);
        heldAt.entrySet().removeIf(held -> held.getValue() >= ends.get(held.getKey()));
        List<TopicPartition> still = heldAt.keySet().stream()
                .filter(partition -> heldAt.get(partition).equals(before.get(partition)))
                .filter(partition -> reported.add(partition + " " + heldAt.get(partition)))
                .toList();
        List<String> reports = new ArrayList<>();
        if (!still.isEmpty()) {
            for (TopicOffsets.OpenTransaction open : offsets.openTransactions(still)) {
                if (open.start() == stable.get(open.partition())) {
                    reports.add(report(open, ends.get(open.partition()) - open.start()));
                }
            }
        }
        return reports;
    }

    private String report(TopicOffsets.OpenTransaction open, long records) {
        return records + " records of partition " + open.partition().partition() + " of topic \"" + topic
                + "\", from offset " + open.start() + " on, are blocked by an open transaction of "
                + open.transactionalId()
                        .map(id -> "transactional id \"" + id + "\"")
                        .orElse("producer id " + open.producerId())
                + ", whose newest record is of " + Instant.ofEpochMilli(open.lastActiveMillis())
                + ". The job reads on when it is committed or aborted; the broker aborts it after the producer's"
                + " transaction.timeout.ms, kafka-transactions.sh abort --topic " + topic + " --partition "
                + open.partition().partition() + " --start-offset " + open.start() + " does so now";
    }
}
