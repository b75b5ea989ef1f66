package org.silhouettes.dashboards.feed;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.silhouettes.dashboards.settings.KafkaSource;
import org.silhouettes.wire.kafka.TopicScan;

/** Makes Kafka clients: consumers of committed records that belong to no group, and admin clients. */
public final class KafkaClients {

    private final KafkaSource source;

    public KafkaClients(KafkaSource source) {
        this.source = source;
    }

    /** A consumer of committed records without a group: it commits nothing and is assigned its partitions. */
    public Consumer<byte[], byte[]> consumer(String name) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("client.id", "silhouettes-dashboard-" + name);
        properties.put("default.api.timeout.ms", "10000");
        properties.put("reconnect.backoff.max.ms", "1000");
        properties.put("fetch.max.bytes", String.valueOf(8 << 20));
        properties.putAll(source.client());
        properties.put("bootstrap.servers", source.bootstrapServers());
        return TopicScan.consumer(TopicScan.committedReader(properties));
    }

    public Admin admin() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("client.id", "silhouettes-dashboard-admin");
        properties.put("reconnect.backoff.max.ms", "1000");
        properties.put("default.api.timeout.ms", "5000");
        properties.put("request.timeout.ms", "3000");
        properties.putAll(source.client());
        properties.put("bootstrap.servers", source.bootstrapServers());
        return Admin.create(properties);
    }
}
