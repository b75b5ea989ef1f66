package org.silhouettes.embedded.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.kafka.Causes;
import org.silhouettes.wire.kafka.ClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker, with its KRaft controller, in this JVM: what runs against it runs against any Kafka. It listens on
 * the loopback address only. Closing it removes its data folder unless one was given; {@link #stop} and {@link #resume}
 * restart it on the same ports and data. Not thread-safe.
 *
 * <p>Kafka ends the JVM on a fault it cannot mend; here such a fault is logged and stops the broker's thread alone.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String HOST = "127.0.0.1";
    /** Properties of the listeners: ours stay, as the ports are found at the start. */
    private static final Set<String> ADDED =
            Set.of("listeners", "advertised.listeners", "listener.security.protocol.map");

    private static final int NODE = 1;
    /** Another process may take a free port between our look and Kafka's bind. */
    private static final int PORT_ATTEMPTS = 5;

    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(30);

    private final Settings settings;
    private final Path dataFolder;
    private int port;
    private int controllerPort;
    private KafkaRaftServer server;

    /**
     * How the broker is set up.
     *
     * @param port port of the broker, 0 for a free one
     * @param dataFolder where the logs are kept; a temporary folder, removed at the end, if empty
     * @param imagesPartitions partitions of topic {@code images}, at least 1
     * @param history how long records are kept at least, see {@link TopicPolicy}
     * @param overrides broker properties that replace or complete ours; listeners are added to ours
     */
    public record Settings(
            int port,
            Optional<Path> dataFolder,
            int imagesPartitions,
            Duration history,
            Map<String, String> overrides) {

        public Settings {
            Ports.requireValid("Kafka's port", port);
            overrides = Map.copyOf(overrides);
        }

        /** A free port, a temporary folder, one partition of images, a week of history. */
        public static Settings defaults() {
            return new Settings(0, Optional.empty(), 1, TopicPolicy.HISTORY, Map.of());
        }

        public Settings withPort(int newPort) {
            return new Settings(newPort, dataFolder, imagesPartitions, history, overrides);
        }

        public Settings withDataFolder(Path folder) {
            return new Settings(port, Optional.of(folder), imagesPartitions, history, overrides);
        }

        public Settings withImagesPartitions(int partitions) {
            return new Settings(port, dataFolder, partitions, history, overrides);
        }

        public Settings withHistory(Duration newHistory) {
            return new Settings(port, dataFolder, imagesPartitions, newHistory, overrides);
        }

        public Settings withOverrides(Map<String, String> newOverrides) {
            return new Settings(port, dataFolder, imagesPartitions, history, newOverrides);
        }
    }

    private EmbeddedKafka(Settings settings, Path dataFolder) {
        this.settings = settings;
        this.dataFolder = dataFolder;
    }

    /** Starts a broker with the default settings. */
    public static EmbeddedKafka start() {
        return start(Settings.defaults());
    }

    /**
     * Starts a broker and creates the topics that it lacks; takes 2–5 s.
     *
     * @throws IllegalStateException if a given port is taken or the data folder is in use
     */
    public static EmbeddedKafka start(Settings settings) {
        Path folder = settings.dataFolder().orElseGet(() -> Folders.temporary("silhouettes-kafka-"));
        EmbeddedKafka kafka = new EmbeddedKafka(settings, folder);
        try {
            kafka.formatUnlessFormatted();
            kafka.startOnSomePort();
            KafkaTopics.createMissing(
                    ClientConfig.of(kafka.bootstrapServers()),
                    TopicPolicy.all(settings.imagesPartitions(), settings.history()),
                    (short) 1,
                    TOPICS_TIMEOUT);
            return kafka;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public Path dataFolder() {
        return dataFolder;
    }

    /** Shuts the broker down and keeps its data, as a restart of the machine would. Does nothing if it is down. */
    public void stop() {
        if (server != null) {
            // an interrupt must not prevent the shutdown
            boolean interrupted = Thread.interrupted();
            server.shutdown();
            server.awaitShutdown();
            server = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Starts a stopped broker again, on the same ports and data. */
    public void resume() {
        if (server != null) {
            throw new IllegalStateException("Kafka at " + bootstrapServers() + " is running: stop it before resuming");
        }
        startServer();
    }

    @Override
    public void close() {
        stop();
        if (settings.dataFolder().isEmpty()) {
            Folders.delete(dataFolder);
        }
    }

    private void startOnSomePort() {
        for (int attempt = 1; ; attempt++) {
            try (Ports.Reservation broker = Ports.reserve("Kafka (--kafka-port)", settings.port());
                    Ports.Reservation controller = Ports.reserve("Kafka's controller", 0)) {
                port = broker.port();
                controllerPort = controller.port();
            }
            try {
                startServer();
                return;
            } catch (KafkaException e) {
                if (Causes.find(e, BindException.class).isEmpty() || settings.port() != 0 || attempt == PORT_ATTEMPTS) {
                    throw new IllegalStateException(
                            "Kafka did not start in \"" + dataFolder + "\": " + e.getMessage(), e);
                }
                LOG.info("port {} or {} was taken meanwhile, trying others", port, controllerPort);
            }
        }
    }

    private void startServer() {
        Exit.Procedure survive = (status, message) ->
                LOG.error("Kafka asked to end the JVM with status {}: {}; only the broker is lost", status, message);
        Exit.setExitProcedure(survive);
        Exit.setHaltProcedure(survive);
        KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            starting.shutdown();
            throw e;
        }
        server = starting;
    }

    private void formatUnlessFormatted() {
        if (Files.exists(dataFolder.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(dataFolder);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(dataFolder.toString())
                    .addDirectory(dataFolder.toString())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Kafka's data folder \"" + dataFolder + "\"", e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format Kafka's data folder \"" + dataFolder + "\"", e);
        }
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
        properties.put(
                "listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + HOST + ":" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://" + bootstrapServers());
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("inter.broker.listener.name", "PLAINTEXT");
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", dataFolder.toString());
        properties.put("auto.create.topics.enable", "false");
        // one broker: the internal topics cannot have more than one replica
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "4");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // above the transaction time-out of the job's sinks, which has to outlive a checkpoint and a restart
        properties.put(
                "transaction.max.timeout.ms", Long.toString(Duration.ofHours(1).toMillis()));
        properties.put("group.initial.rebalance.delay.ms", "0");
        // retention is looked at often enough that a fast stream cannot fill the disk in between
        properties.put("log.retention.check.interval.ms", "30000");
        // a small machine's share of threads and heap: the cleaner's default buffer alone is 128 MiB
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
        settings.overrides()
                .forEach((name, value) -> properties.merge(
                        name, value, (ours, theirs) -> ADDED.contains(name) ? ours + "," + theirs : theirs));
        return properties;
    }
}
