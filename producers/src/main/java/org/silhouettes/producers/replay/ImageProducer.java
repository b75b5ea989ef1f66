package org.silhouettes.producers.replay;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka producer of a replay. */
public final class ImageProducer {

    private static final int BATCH_BYTES = 256 << 10;
    private static final int MAX_REQUEST_BYTES = 17 << 20;
    private static final long BUFFER_BYTES = 64L << 20;

    private ImageProducer() {}

    /**
     * An idempotent producer with acknowledgement by all replicas, and batches large enough that the broker is what
     * bounds it.
     *
     * @param bootstrapServers host:port, comma-separated
     * @param overrides further producer settings, which win over those made here
     */
    public static Producer<byte[], byte[]> connect(String bootstrapServers, Map<String, ?> overrides) {
        return new KafkaProducer<>(
                settings(bootstrapServers, overrides), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> settings(String bootstrapServers, Map<String, ?> overrides) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "silhouettes-producer");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
        settings.putAll(overrides);
        return settings;
    }
}
