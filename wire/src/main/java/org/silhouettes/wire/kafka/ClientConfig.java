package org.silhouettes.wire.kafka;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * What Kafka's clients are set up with: an address, single properties and the path of a client file. Only the path is
 * serialised: each process reads the file when it creates a client. An explicit address wins over a single property, and
 * that over the file.
 */
public final class ClientConfig implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Address where none is given. */
    public static final String DEFAULT_ADDRESS = "localhost:9092";

    private static final String SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;

    private final String address;
    private final TreeMap<String, String> properties;
    private final String file;

    private ClientConfig(String address, Map<String, String> properties, String file) {
        this.address = address;
        this.properties = new TreeMap<>(properties);
        this.file = file;
    }

    /** Clients of that address, {@code host:port[,host:port…]}. */
    public static ClientConfig of(String address) {
        return new ClientConfig(address, Map.of(), null);
    }

    /**
     * Clients with everything that was given.
     *
     * @param address {@code host:port[,host:port…]}; where it is empty, the file's, else {@link #DEFAULT_ADDRESS}
     * @param properties single properties by Kafka's names
     * @param file a file of client properties
     */
    public static ClientConfig of(Optional<String> address, Map<String, String> properties, Optional<Path> file) {
        return new ClientConfig(
                address.orElse(file.isEmpty() ? DEFAULT_ADDRESS : null),
                properties,
                file.map(Path::toString).orElse(null));
    }

    /** The same without the file, which another process reads. */
    public ClientConfig withoutFile() {
        return of(Optional.ofNullable(address), properties, Optional.empty());
    }

    /** The single properties. */
    public Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** The path of the client file. */
    public Optional<Path> file() {
        return Optional.ofNullable(file).map(Path::of);
    }

    /** Where the clients ask first, for messages. */
    public String bootstrapServers() {
        return address != null ? address : fromFile().getOrDefault(SERVERS, DEFAULT_ADDRESS);
    }

    /** Whether the file holds an address. */
    public boolean fileHasAddress() {
        return fromFile().containsKey(SERVERS);
    }

    /** Properties of an admin client; {@code usual} ones may be overridden. */
    public Properties admin(Map<String, String> usual) {
        return known(usual, AdminClientConfig.configNames());
    }

    /** Properties of a consumer; {@code usual} ones may be overridden. */
    public Properties consumer(Map<String, String> usual) {
        return known(usual, ConsumerConfig.configNames());
    }

    /** Properties of a producer; {@code usual} ones may be overridden. */
    public Properties producer(Map<String, String> usual) {
        return known(usual, ProducerConfig.configNames());
    }

    /** Properties of Flink's Kafka source, which makes a consumer and an admin client of them. */
    public Properties source(Map<String, String> usual) {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return known(usual, names);
    }

    /**
     * Names the settings that were given twice, and which of the two counts.
     *
     * @throws IllegalArgumentException where the file cannot be used
     */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        Map<String, String> read = fromFile();
        if (address != null && read.containsKey(SERVERS)) {
            warnings.add("Kafka's address is given twice: --bootstrap-servers or kafka.bootstrap-servers (" + address
                    + ") counts, property bootstrap.servers in \"" + file + "\" does not");
        }
        properties.keySet().stream()
                .filter(read::containsKey)
                .forEach(name -> warnings.add("a Kafka property is given twice: option kafka." + name
                        + " counts, property " + name + " in \"" + file + "\" does not"));
        return warnings;
    }

    private Map<String, String> fromFile() {
        return file == null ? Map.of() : ClientFile.read(Path.of(file));
    }

    private Properties known(Map<String, String> usual, Set<String> names) {
        Properties all = new Properties();
        all.putAll(usual);
        Map<String, String> read = fromFile();
        read.forEach((name, value) -> {
            // a plug-in's names are no client's, so every client gets them
            if (names.contains(name) || !ClientNames.all().contains(name)) {
                all.put(name, value);
            }
        });
        properties.forEach((name, value) -> {
            if (names.contains(name)) {
                all.put(name, value);
            }
        });
        all.put(SERVERS, address != null ? address : read.getOrDefault(SERVERS, DEFAULT_ADDRESS));
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientConfig that
                && Objects.equals(address, that.address)
                && properties.equals(that.properties)
                && Objects.equals(file, that.file);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, properties, file);
    }

    /** Address and file alone: a property may be a secret. */
    @Override
    public String toString() {
        return "Kafka clients of " + (address == null ? "the file's address" : address)
                + (file == null ? "" : " with \"" + file + "\"");
    }
}
