package org.silhouettes.dashboards.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.silhouettes.wire.RecordPosition;
import org.silhouettes.wire.WireRecord;
import org.silhouettes.wire.message.RejectedMessage;

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
        WireRecord record = WireRecord.of(item);
        Optional<RejectedMessage> rejected = RejectedMessage.decode(record);
        Optional<RecordPosition> origin = rejected.map(RejectedMessage::origin);
        String model = record.key() == null ? "" : shorten(record.keyText());
        newest.addFirst(new Rejected(
                model,
                shorten(rejected.map(RejectedMessage::reason).orElse("no reason given")),
                origin.map(RecordPosition::topic).orElse(""),
                origin.map(at -> Integer.toString(at.partition())).orElse(""),
                origin.map(at -> Long.toString(at.offset())).orElse(""),
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

    private static String shorten(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }
}
