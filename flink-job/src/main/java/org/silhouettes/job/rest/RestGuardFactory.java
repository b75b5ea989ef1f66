package org.silhouettes.job.rest;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;

/**
 * Puts a {@link RestGuard} before Flink's REST handlers. Flink finds it by ServiceLoader: in the embedded cluster on the
 * class path, in other clusters in Flink's {@code lib/}.
 */
public final class RestGuardFactory implements InboundChannelHandlerFactory {

    /** Host names, without ports, under which the REST endpoint may be asked for, besides its own and loopback's. */
    public static final ConfigOption<List<String>> ALLOWED_HOSTS = ConfigOptions.key("silhouettes.rest.allowed-hosts")
            .stringType()
            .asList()
            .defaultValues();

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<ChannelHandler> createHandler(Configuration flink, Map<String, String> responseHeaders) {
        Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        flink.getOptional(RestOptions.ADDRESS).ifPresent(hosts::add);
        flink.getOptional(JobManagerOptions.ADDRESS).ifPresent(hosts::add);
        hosts.addAll(flink.get(ALLOWED_HOSTS));
        return Optional.of(new RestGuard(hosts.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .toList()));
    }
}
