package org.silhouettes.embedded.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.KafkaFailure;

/** Creates the topics that a Kafka cluster lacks. */
public final class KafkaTopics {

    private KafkaTopics() {}

    /**
     * Creates those of the topics that do not exist; existing ones are left as they are, whatever their policy.
     *
     * @param clients what the admin client is made with
     * @param policies what to create
     * @param replication replicas a topic, -1 for the cluster's default
     * @param timeout how long the cluster may take to answer
     * @return names of the topics that were created, in the order of the policies
     * @throws IllegalStateException if the cluster does not answer in time, or refuses a topic
     */
    public static List<String> createMissing(
            ClientConfig clients, List<TopicPolicy> policies, short replication, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Properties client = clients.admin(Map.of());
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        try (Admin admin = Admin.create(client)) {
            Set<String> existing = admin.listTopics().names().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = policies.stream()
                    .filter(policy -> !existing.contains(policy.topic()))
                    .map(policy -> policy.newTopic(replication))
                    .toList();
            admin.createTopics(missing, new CreateTopicsOptions().timeoutMs(millis))
                    .values()
                    .forEach((topic, created) -> awaitCreated(topic, created, timeout));
            return missing.stream().map(NewTopic::name).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics at " + clients.bootstrapServers(), e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IllegalStateException(
                    KafkaFailure.explain(e, clients)
                            .orElseGet(() -> "could not list Kafka's topics: " + e.getMessage()),
                    e);
        }
    }

    /** The same with clients that need an address alone. */
    public static List<String> createMissing(
            String bootstrapServers, List<TopicPolicy> policies, short replication, Duration timeout) {
        return createMissing(ClientConfig.of(bootstrapServers), policies, replication, timeout);
    }

    private static void awaitCreated(String topic, KafkaFuture<Void> created, Duration timeout) {
        try {
            created.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic \"" + topic + "\"", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new IllegalStateException(
                        "topic \"" + topic + "\" does not exist, or this user may not see it, and Kafka refused CREATE"
                                + " on it (authorisation): create it, or grant DESCRIBE (READ and WRITE include it) on"
                                + " topic \"" + topic + "\", see the ACL table in docs/security.md",
                        e);
            }
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(
                        "Kafka refused to create topic \"" + topic + "\": "
                                + e.getCause().getMessage(),
                        e);
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "creating topic \"" + topic + "\" took longer than " + timeout.toSeconds() + " s", e);
        }
    }
}
