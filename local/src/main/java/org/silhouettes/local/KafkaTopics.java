package org.silhouettes.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics that a Kafka cluster lacks. */
public final class KafkaTopics {

    private KafkaTopics() {}

    /**
     * Creates those of the topics that do not exist; existing ones are left as they are, whatever their policy.
     *
     * @param bootstrapServers host:port[,host:port…]
     * @param policies what to create
     * @param replication replicas a topic, -1 for the cluster's default
     * @param timeout how long the cluster may take to answer
     * @return names of the topics that were created, in the order of the policies
     * @throws IllegalStateException if the cluster does not answer in time, or refuses a topic
     */
    public static List<String> createMissing(
            String bootstrapServers, List<TopicPolicy> policies, short replication, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try (Admin admin = Admin.create(client)) {
            Set<String> existing = admin.listTopics().names().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = policies.stream()
                    .filter(policy -> !existing.contains(policy.topic()))
                    .map(policy -> policy.newTopic(replication))
                    .toList();
            admin.createTopics(missing, new CreateTopicsOptions().timeoutMs(millis)).values().values().stream()
                    .forEach(created -> awaitCreated(created, timeout));
            return missing.stream().map(NewTopic::name).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics at " + bootstrapServers, e);
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable(bootstrapServers, timeout, e);
        }
    }

    private static IllegalStateException unreachable(String bootstrapServers, Duration timeout, Exception cause) {
        return new IllegalStateException(
                "no Kafka broker answered at \"" + bootstrapServers + "\" within " + timeout.toSeconds()
                        + " s: start one there, or give the right address with --bootstrap-servers",
                cause);
    }

    private static void awaitCreated(org.apache.kafka.common.KafkaFuture<Void> created, Duration timeout) {
        try {
            created.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating a topic", e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(
                        "Kafka refused to create a topic: " + e.getCause().getMessage(), e);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("creating a topic took longer than " + timeout.toSeconds() + " s", e);
        }
    }
}
