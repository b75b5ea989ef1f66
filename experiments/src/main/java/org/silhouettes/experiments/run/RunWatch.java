package org.silhouettes.experiments.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Follows how many images the job has seen, from topic {@code activity}; reads what is not yet committed too, because
 * this is progress and not a result.
 */
final class RunWatch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private long seen;

    RunWatch(String bootstrapServers, String topic) {
        consumer = TopicContents.open(bootstrapServers, topic, "read_uncommitted");
    }

    /** Images seen so far, after waiting for news as long as that. */
    long seen(Duration patience) throws IOException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            JsonNode activity = JSON.readTree(record.value());
            long buffered = activity.path("warmUp").path("images").asLong();
            seen = Math.max(seen, buffered + activity.path("encoded").asLong());
        }
        return seen;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
