package org.silhouettes.experiments.run;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.ActivityMessage;

/**
 * Follows how many images the job has seen, from topic {@code activity}; reads what is not yet committed too, because
 * this is progress and not a result.
 */
final class RunMonitor implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private long seen;

    RunMonitor(String bootstrapServers, String topic) {
        consumer = TopicContents.open(bootstrapServers, topic, "read_uncommitted");
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
