package org.silhouettes.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Key, value and headers of a Kafka record. Live arrays: they must not be changed.
 *
 * @param key bytes of the key, or null
 * @param value bytes of the value, or null
 */
@SuppressWarnings("ArrayRecordComponent")
public record WireRecord(byte[] key, byte[] value, RecordHeaders headers) {

    public WireRecord(String key, byte[] value, RecordHeaders headers) {
        this(key.getBytes(StandardCharsets.UTF_8), value, headers);
    }

    /** What a consumed record holds. */
    public static WireRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new WireRecord(record.key(), record.value(), RecordHeaders.of(record.headers()));
    }

    /** The same for a producer; the partition follows from the key. */
    public ProducerRecord<byte[], byte[]> to(String topic) {
        ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(topic, key, value);
        for (int i = 0; i < headers.size(); i++) {
            out.headers().add(headers.name(i), headers.value(i));
        }
        return out;
    }

    /** The key as text, or null. */
    public String keyText() {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }

    /** An upper bound of what the record takes of a broker's message limit, batch and record overhead included. */
    public long bytes() {
        return 128 + (key == null ? 0 : key.length) + (value == null ? 0 : value.length) + headers.bytes();
    }
}
