package org.silhouettes.dashboards;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a dashboard is told when it starts.
 *
 * @param bootstrapServers Kafka's addresses, {@code host:port,…}
 * @param kafka further client properties for every consumer and admin client (security, for one)
 * @param jobGroup consumer group of the job, whose lag is shown
 * @param bindAddress address to listen on; the default, loopback, is reached from this machine alone
 * @param port 0 takes a free one
 * @param historyBytes bound of the memory that holds earlier versions, at least 1 MB; older ones are thinned, not cut
 * @param token what a browser or client must show; required on any address but loopback
 * @param allowedHosts further names (without port) under which the page may be asked for, besides loopback's and the
 *     bound address: a page of another name could otherwise read this one by DNS rebinding
 * @param flinkRest Flink's REST address, for the job's status and the checkpoints' age
 */
public record DashboardSettings(
        String bootstrapServers,
        Map<String, String> kafka,
        DashboardTopics topics,
        String jobGroup,
        String bindAddress,
        int port,
        long historyBytes,
        Optional<String> token,
        Set<String> allowedHosts,
        Optional<URI> flinkRest) {

    public static final int DEFAULT_PORT = 7070;
    public static final long DEFAULT_HISTORY_BYTES = 64L << 20;
    public static final String DEFAULT_JOB_GROUP = "silhouettes";

    private static final int MIN_TOKEN = 16;

    public DashboardSettings {
        if (bootstrapServers == null || bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrap servers are empty: give Kafka's host:port");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", it must be 0 (a free one) to 65535");
        }
        if (historyBytes < 1 << 20) {
            throw new IllegalArgumentException("history is " + historyBytes + " bytes, it must be at least 1 MB");
        }
        if (jobGroup == null || jobGroup.isBlank()) {
            throw new IllegalArgumentException("the job's consumer group is empty: name it, its lag is shown");
        }
        if (token.isPresent() && !token.get().matches("[A-Za-z0-9._~-]{" + MIN_TOKEN + ",256}")) {
            throw new IllegalArgumentException("the token must have " + MIN_TOKEN
                    + " to 256 characters of letters, digits, dot, dash, underscore and tilde");
        }
        if (token.isEmpty() && !isLoopback(bindAddress)) {
            throw new IllegalArgumentException("bind address " + bindAddress
                    + " is reached from other machines: give a token of " + MIN_TOKEN + " characters or more too");
        }
        if (flinkRest.isPresent()
                && !String.valueOf(flinkRest.get().getScheme()).matches("https?")) {
            throw new IllegalArgumentException(
                    "Flink's REST address is " + flinkRest.get() + ", it must begin with http:// or https://");
        }
        kafka = Map.copyOf(kafka);
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** The defaults for that Kafka: loopback, port 7070, 64 MB of history, no token. */
    public static DashboardSettings of(String bootstrapServers) {
        return new DashboardSettings(
                bootstrapServers,
                Map.of(),
                DashboardTopics.DEFAULTS,
                DEFAULT_JOB_GROUP,
                "127.0.0.1",
                DEFAULT_PORT,
                DEFAULT_HISTORY_BYTES,
                Optional.empty(),
                Set.of(),
                Optional.empty());
    }

    public DashboardSettings withPort(int newPort) {
        return new DashboardSettings(
                bootstrapServers,
                kafka,
                topics,
                jobGroup,
                bindAddress,
                newPort,
                historyBytes,
                token,
                allowedHosts,
                flinkRest);
    }

    public DashboardSettings withHistoryBytes(long bytes) {
        return new DashboardSettings(
                bootstrapServers, kafka, topics, jobGroup, bindAddress, port, bytes, token, allowedHosts, flinkRest);
    }

    public DashboardSettings withTopics(DashboardTopics newTopics) {
        return new DashboardSettings(
                bootstrapServers,
                kafka,
                newTopics,
                jobGroup,
                bindAddress,
                port,
                historyBytes,
                token,
                allowedHosts,
                flinkRest);
    }

    public DashboardSettings withKafka(Map<String, String> properties) {
        return new DashboardSettings(
                bootstrapServers,
                properties,
                topics,
                jobGroup,
                bindAddress,
                port,
                historyBytes,
                token,
                allowedHosts,
                flinkRest);
    }

    public DashboardSettings withJobGroup(String group) {
        return new DashboardSettings(
                bootstrapServers,
                kafka,
                topics,
                group,
                bindAddress,
                port,
                historyBytes,
                token,
                allowedHosts,
                flinkRest);
    }

    public DashboardSettings withFlinkRest(URI address) {
        return new DashboardSettings(
                bootstrapServers,
                kafka,
                topics,
                jobGroup,
                bindAddress,
                port,
                historyBytes,
                token,
                allowedHosts,
                Optional.of(address));
    }

    /** Listens on that address; the token may be null on loopback alone. */
    public DashboardSettings withBindAddress(String address, String newToken) {
        return new DashboardSettings(
                bootstrapServers,
                kafka,
                topics,
                jobGroup,
                address,
                port,
                historyBytes,
                Optional.ofNullable(newToken),
                allowedHosts,
                flinkRest);
    }

    /** The same, reachable under these names too. */
    public DashboardSettings withAllowedHosts(Set<String> hosts) {
        return new DashboardSettings(
                bootstrapServers, kafka, topics, jobGroup, bindAddress, port, historyBytes, token, hosts, flinkRest);
    }

    private static boolean isLoopback(String address) {
        if (address == null || address.isBlank()) {
            throw new IllegalArgumentException("bind address is empty: give one, such as 127.0.0.1");
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("bind address " + address + " is not known to this machine", e);
        }
    }
}
