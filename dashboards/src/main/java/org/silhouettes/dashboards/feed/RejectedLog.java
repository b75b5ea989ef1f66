package org.silhouettes.dashboards.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.wire.Headers;

/** The newest rejected records, without their bytes, and counts by model. Thread-safe. */
public final class RejectedLog {

    static final int KEPT = 50;
    private static final int MAX_MODELS = 1000;
    private static final int MAX_TEXT = 300;

    /** One rejected record: why, and its coordinates in the topic it came from. */
    public record Rejected(
            String model, String reason, String topic, String partition, String offset, int bytes, long atMillis) {}

    private final Deque<Rejected> newest = new ArrayDeque<>();
    private final Map<String, Long> byModel = new TreeMap<>();
    private long count;

    synchronized void add(ConsumerRecord<byte[], byte[]> item) {
        String model = item.key() == null
                ? ""
                : RecordHeaders.shorten(new String(item.key(), StandardCharsets.UTF_8), MAX_TEXT);
        newest.addFirst(new Rejected(
                model,
                RecordHeaders.shorten(RecordHeaders.text(item, Headers.REASON, "no reason given"), MAX_TEXT),
                RecordHeaders.text(item, Headers.TOPIC, ""),
                RecordHeaders.text(item, Headers.PARTITION, ""),
                RecordHeaders.text(item, Headers.OFFSET, ""),
                item.value() == null ? 0 : item.value().length,
                item.timestamp()));
        if (newest.size() > KEPT) {
            newest.removeLast();
        }
        count++;
        if (byModel.size() < MAX_MODELS || byModel.containsKey(model)) {
            byModel.merge(model, 1L, Long::sum);
        }
    }

    /** Newest first. */
    public synchronized List<Rejected> newest() {
        return new ArrayList<>(newest);
    }

    /** Rejected records seen, of all models. */
    public synchronized long count() {
        return count;
    }

    /** Rejected records seen of that model. */
    public synchronized long count(String model) {
        return byModel.getOrDefault(model, 0L);
    }
}
