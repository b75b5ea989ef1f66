package org.silhouettes.wire.kafka;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/** Names of Kafka's client properties: which are known, which are secrets, and which this program sets itself. */
public final class ClientNames {

    /** Property of a client file that lists the names, or beginnings of names, that plug-ins define. */
    public static final String PLUG_INS = "silhouettes.plugin-names";

    private static final String PROVIDERS = "config.providers.";
    private static final int NEAREST = 3;

    private static final Set<String> ALL = union();
    private static final Set<String> SECRETS = secrets();

    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("isolation.level", "only committed records are read, so that each image counts once"),
            Map.entry("enable.auto.commit", "offsets are committed with checkpoints or transactions"),
            Map.entry("auto.commit.interval.ms", "offsets are committed with checkpoints or transactions"),
            Map.entry("auto.offset.reset", "reading starts at the earliest offset and never skips images"),
            Map.entry("allow.auto.create.topics", "topics are created with their policies, or reported as missing"),
            Map.entry("group.id", "the group is named by kafka.group-id (dashboard: --group)"),
            Map.entry("group.instance.id", "partitions are assigned by the job, not by the group"),
            Map.entry("transactional.id", "transactions are named by kafka.transactional-id-prefix"),
            Map.entry("transaction.timeout.ms", "it is set by kafka.transaction-timeout"),
            Map.entry("transaction.two.phase.commit.enable", "transactions are committed with checkpoints"),
            Map.entry("enable.idempotence", "each record is written exactly once"),
            Map.entry("acks", "each record is acknowledged by all replicas"),
            Map.entry("partitioner.class", "all images of a model share a partition"),
            Map.entry("partitioner.ignore.keys", "all images of a model share a partition"),
            Map.entry("key.serializer", "keys are bytes"),
            Map.entry("value.serializer", "values are bytes"),
            Map.entry("key.deserializer", "keys are bytes"),
            Map.entry("value.deserializer", "values are bytes"),
            Map.entry("bootstrap.controllers", "brokers are asked, not controllers"));

    private ClientNames() {}

    /** All names that some client of Kafka knows. */
    public static Set<String> all() {
        return ALL;
    }

    /** Whether a property's value is a secret, or part of one. */
    public static boolean isSecret(String name) {
        return SECRETS.contains(name);
    }

    /** Whether some client of Kafka knows the name; parameters of config providers are known too. */
    static boolean isKnown(String name) {
        return ALL.contains(name) || isProvider(name);
    }

    static boolean isProvider(String name) {
        return name.startsWith(PROVIDERS);
    }

    /**
     * Refuses a property that this program sets itself.
     *
     * @param shown the name as the user wrote it, and where
     * @throws IllegalArgumentException with the reason
     */
    public static void requireFree(String name, String shown) {
        String reason = OWN.get(name);
        if (reason != null) {
            throw new IllegalArgumentException(shown + " cannot be set, as " + reason + ": leave it out");
        }
    }

    /** The known names that look most like this one, for an error message. */
    static List<String> nearest(String name) {
        return nearest(name, ALL.stream().filter(known -> !OWN.containsKey(known)));
    }

    /** Those of the candidates that look most like this name. */
    public static List<String> nearest(String name, Stream<String> candidates) {
        return candidates
                .sorted(Comparator.<String>comparingInt(candidate -> EditDistance.between(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAREST)
                .toList();
    }

    private static Set<String> union() {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return Set.copyOf(names);
    }

    private static Set<String> secrets() {
        return Stream.of(ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef())
                .flatMap(definition -> definition.configKeys().values().stream())
                .filter(key -> key.type == ConfigDef.Type.PASSWORD)
                .map(key -> key.name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
