package org.silhouettes.job.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.kafka.ClientConfig;

/** Removes a model's dictionary from its compacted topic, also where no job knows the model any more. */
public final class DictionaryRemoval {

    private final String model;
    /** The last record of each key that has a value. */
    private final Map<ByteBuffer, ConsumerRecord<byte[], Boolean>> present = new LinkedHashMap<>();

    DictionaryRemoval(String model) {
        this.model = model;
    }

    /**
     * Writes a record without a value for each key of the model; takes as long as the topic takes to read.
     *
     * @param topic of the dictionaries
     * @return keys removed; 0 also where there is no such topic
     */
    public static int remove(String model, String topic, ClientConfig clients)
            throws InterruptedException, ExecutionException {
        DictionaryRemoval removal = new DictionaryRemoval(model);
        try {
            TopicKeys.read(topic, clients.consumer(Map.of()), removal::take);
        } catch (UnknownTopicOrPartitionException e) {
            return 0;
        }
        if (removal.present.isEmpty()) {
            return 0;
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clients.producer(Map.of()), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            removal.tombstones().forEach(tombstone -> sent.add(producer.send(tombstone)));
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
        return removal.present.size();
    }

    void take(ConsumerRecord<byte[], Boolean> record) {
        if (record.key() == null || group(record) == null) {
            return;
        }
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (record.value() == null) {
            present.remove(key);
        } else {
            present.put(key, record);
        }
    }

    /** What follows the model's name in the key: a group's number or "mean"; null where the key is not the model's. */
    private String group(ConsumerRecord<byte[], Boolean> record) {
        String key = new String(record.key(), UTF_8);
        if (!key.startsWith(model + "/")) {
            return null;
        }
        String group = key.substring(model.length() + 1);
        return group.equals(Headers.MEAN) || group.matches("\\d{1,10}") ? group : null;
    }

    /** With the headers of those that the job writes, in the partition of what they remove. */
    List<ProducerRecord<byte[], byte[]>> tombstones() {
        List<ProducerRecord<byte[], byte[]>> tombstones = new ArrayList<>();
        present.values().forEach(record -> {
            ProducerRecord<byte[], byte[]> tombstone =
                    new ProducerRecord<>(record.topic(), record.partition(), record.key(), null);
            tombstone.headers().add(Headers.MODEL, model.getBytes(UTF_8));
            Header run = record.headers().lastHeader(Headers.RUN);
            if (run != null) {
                tombstone.headers().add(run);
            }
            tombstone.headers().add(Headers.GROUP, group(record).getBytes(UTF_8));
            tombstones.add(tombstone);
        });
        return tombstones;
    }
}
