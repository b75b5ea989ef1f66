package org.silhouettes.dashboards.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of a dashboard.
 *
 * @param historyBytes bound of the memory that holds earlier versions, at least 1 MB; older ones are thinned, not cut
 * @param flinkRest Flink's REST address, for the job's status and the checkpoints' age
 */
public record DashboardSettings(KafkaSource kafka, PageAccess access, long historyBytes, Optional<URI> flinkRest) {

    public static final long DEFAULT_HISTORY_BYTES = 64L << 20;

    public DashboardSettings {
        if (historyBytes < 1 << 20) {
            throw new IllegalArgumentException("history is " + historyBytes + " bytes, it must be at least 1 MB");
        }
        if (flinkRest.isPresent()
                && !String.valueOf(flinkRest.get().getScheme()).matches("https?")) {
            throw new IllegalArgumentException(
                    "Flink's REST address is " + flinkRest.get() + ", it must begin with http:// or https://");
        }
    }

    /** The defaults for that Kafka: loopback, port 7070, 64 MB of history, no token. */
    public static DashboardSettings of(String bootstrapServers) {
        return new DashboardSettings(
                KafkaSource.of(bootstrapServers), PageAccess.DEFAULTS, DEFAULT_HISTORY_BYTES, Optional.empty());
    }

    private DashboardSettings with(KafkaSource newKafka) {
        return new DashboardSettings(newKafka, access, historyBytes, flinkRest);
    }

    private DashboardSettings with(PageAccess newAccess) {
        return new DashboardSettings(kafka, newAccess, historyBytes, flinkRest);
    }

    public DashboardSettings withTopics(DashboardTopics topics) {
        return with(kafka.withTopics(topics));
    }

    /** With further properties for every client of Kafka. */
    public DashboardSettings withKafka(Map<String, String> properties) {
        return with(kafka.withClient(properties));
    }

    public DashboardSettings withJobGroup(String group) {
        return with(kafka.withJobGroup(group));
    }

    public DashboardSettings withPort(int port) {
        return with(access.withPort(port));
    }

    /** Listens on that address; the token may be null on loopback alone. */
    public DashboardSettings withBindAddress(String address, String token) {
        return with(access.withAddress(address, Optional.ofNullable(token)));
    }

    /** The same, reachable under these names too. */
    public DashboardSettings withAllowedHosts(Set<String> hosts) {
        return with(access.withAllowedHosts(hosts));
    }

    public DashboardSettings withHistoryBytes(long bytes) {
        return new DashboardSettings(kafka, access, bytes, flinkRest);
    }

    public DashboardSettings withFlinkRest(URI address) {
        return new DashboardSettings(kafka, access, historyBytes, Optional.of(address));
    }
}
