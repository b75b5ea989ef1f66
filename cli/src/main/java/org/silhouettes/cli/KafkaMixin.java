package org.silhouettes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.silhouettes.embedded.kafka.KafkaTopics;
import org.silhouettes.job.options.JobOptions;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.KafkaFailure;
import picocli.CommandLine.Option;

/** An outside Kafka. */
final class KafkaMixin {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Kafka's address, or several, comma-separated; needed unless --kafka-config has it.")
    private String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Kafka client properties (TLS, SASL), as for --command-config of Kafka's own tools.")
    private Path file;

    /**
     * What every client of the command is made with.
     *
     * @throws UsageException where no address is given, or the file cannot be used
     */
    ClientConfig clients() {
        return UsageException.orUsage(() -> requireAddress(
                bootstrapServers != null,
                ClientConfig.of(
                        Optional.ofNullable(bootstrapServers),
                        Map.of(),
                        Optional.ofNullable(file).map(Path::toAbsolutePath))));
    }

    /** The job's settings with address and file of this command; the job's own options may hold them instead. */
    JobSettings settings(JobArgumentsMixin job, Map<String, String> further, PrintWriter err) throws Exception {
        Map<String, String> decided = new HashMap<>(further);
        if (bootstrapServers != null) {
            decided.put(JobOptions.BOOTSTRAP_SERVERS, bootstrapServers);
        }
        if (file != null) {
            decided.put(JobOptions.KAFKA_CONFIG, file.toAbsolutePath().toString());
        }
        Map<String, String> values = job.values(decided, err);
        return UsageException.orUsage(() -> {
            JobSettings settings = JobSettings.from(values);
            requireAddress(
                    values.containsKey(JobOptions.BOOTSTRAP_SERVERS),
                    settings.kafka().clients());
            return settings;
        });
    }

    private static ClientConfig requireAddress(boolean given, ClientConfig clients) {
        // reads the file in any case: one that cannot be used is refused at once
        if (!clients.fileHasAddress() && !given) {
            throw new IllegalArgumentException("Missing required option: '--bootstrap-servers=HOST:PORT' (or"
                    + " bootstrap.servers in the file of --kafka-config)");
        }
        return clients;
    }

    /** Prints which settings were given twice. */
    static void warn(ClientConfig clients, PrintWriter err) {
        UsageException.orUsage(clients::warnings).forEach(warning -> err.println("silhouettes: warning: " + warning));
        err.flush();
    }

    /** The properties as a map, without the address. */
    static Map<String, String> withoutAddress(Properties properties) {
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        all.remove("bootstrap.servers");
        return all;
    }

    /**
     * Runs something that uses Kafka's clients, and explains their failures.
     *
     * @throws IllegalStateException with the cause and the remedy, where Kafka's clients failed
     */
    static <T> T explained(ClientConfig clients, Callable<T> task) throws Exception {
        try {
            return task.call();
        } catch (UsageException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Optional<String> explanation = KafkaFailure.explain(e, clients);
            if (explanation.isEmpty()) {
                throw e;
            }
            // ours says what was being done, and how to continue
            String ours = e instanceof KafkaException ? "" : ". " + e.getMessage();
            throw new IllegalStateException(explanation.get() + ours, e);
        }
    }

    /**
     * Creates the topics that the cluster lacks, with its own default replication.
     *
     * @return names of those that were created
     * @throws IllegalStateException if no broker answers within 8 s, or refuses
     */
    static List<String> createMissing(ClientConfig clients, List<TopicPolicy> policies) {
        return KafkaTopics.createMissing(clients, policies, (short) -1, PATIENCE);
    }
}
