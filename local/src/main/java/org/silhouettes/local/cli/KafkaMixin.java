package org.silhouettes.local.cli;

import java.time.Duration;
import java.util.List;
import org.silhouettes.local.KafkaTopics;
import org.silhouettes.local.TopicPolicy;
import picocli.CommandLine.Option;

/** An outside Kafka. */
final class KafkaMixin {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Kafka's address, or several, comma-separated.")
    private String bootstrapServers;

    String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Creates the topics that the cluster lacks, with its own default replication.
     *
     * @return names of those that were created
     * @throws IllegalStateException if no broker answers within 8 s
     */
    List<String> createMissing(List<TopicPolicy> policies) {
        return KafkaTopics.createMissing(bootstrapServers, policies, (short) -1, PATIENCE);
    }
}
