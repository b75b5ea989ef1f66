package org.silhouettes.experiments.run;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.kafka.TopicScan;
import org.silhouettes.wire.message.ActivityMessage;

/**
 * Follows how many images the job has seen, from topic {@code activity}; reads what is not yet committed too, because
 * this is progress and not a result.
 */
final class RunMonitor implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private long seen;

    RunMonitor(String bootstrapServers, String topic) {
        consumer = TopicScan.consumer(
                TopicScan.uncommittedReader(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers)));
        TopicScan.assignBeginning(consumer, TopicScan.partitions(consumer, topic));
    }

    /** Images seen so far, after waiting for news as long as that. */
    long seen(Duration patience) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            ActivityMessage activity = ActivityMessage.decode(WireRecord.of(record));
            ActivityMessage.WarmUp warmUp = activity.outline().warmUp();
            long buffered = warmUp == null ? 0 : warmUp.images();
            seen = Math.max(seen, buffered + activity.progress().encoded());
        }
        return seen;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
