package org.silhouettes.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.kafka.ClientConfig;
import org.silhouettes.wire.kafka.KafkaFailure;

/** Asks Kafka what this user may do with the job's topics: Flink's connectors fail later, and name no operation. */
public final class KafkaPermissions {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final Set<AclOperation> INPUT = Set.of(AclOperation.READ);
    /** READ, since pooled transactions are found again through the producers of their topic. */
    private static final Set<AclOperation> OUTPUT = Set.of(AclOperation.READ, AclOperation.WRITE);

    private KafkaPermissions() {}

    /**
     * Checks the topics of a job.
     *
     * @param codes whether the job writes codes
     * @throws IllegalStateException naming each operation and topic that Kafka does not allow
     */
    public static void requireForJob(KafkaSettings kafka, boolean codes) {
        KafkaSettings.TopicNames names = kafka.topics();
        Map<String, Set<AclOperation>> needed = new LinkedHashMap<>();
        needed.put(names.images(), INPUT);
        needed.put(names.dictionaries(), OUTPUT);
        needed.put(names.silhouettes(), OUTPUT);
        needed.put(names.activity(), OUTPUT);
        if (codes) {
            needed.put(names.codes(), OUTPUT);
        }
        needed.put(names.rejected(), OUTPUT);
        require(kafka.clients(), needed);
    }

    /**
     * Checks that records can be written to a topic.
     *
     * @throws IllegalStateException where Kafka does not allow it
     */
    public static void requireWrite(ClientConfig clients, String topic) {
        require(clients, Map.of(topic, Set.of(AclOperation.WRITE)));
    }

    private static void require(ClientConfig clients, Map<String, Set<AclOperation>> needed) {
        List<String> missing = missing(clients, needed);
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Kafka at " + clients.bootstrapServers() + " does not allow this user "
                    + String.join(", ", missing)
                    + " (authorisation): grant it, see the ACL table in docs/security.md");
        }
    }

    private static List<String> missing(ClientConfig clients, Map<String, Set<AclOperation>> needed) {
        Properties properties = clients.admin(Map.of());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        List<String> missing = new ArrayList<>();
        try (Admin admin = Admin.create(properties)) {
            Map<String, KafkaFuture<TopicDescription>> topics = admin.describeTopics(
                            needed.keySet(), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .topicNameValues();
            for (Map.Entry<String, Set<AclOperation>> topic : needed.entrySet()) {
                Set<AclOperation> allowed = allowed(topics.get(topic.getKey()), topic.getValue());
                topic.getValue().stream()
                        .filter(operation -> !allowed.contains(operation))
                        .sorted()
                        .forEach(operation -> missing.add(operation + " on topic \"" + topic.getKey() + "\""));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka for permissions", e);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new IllegalStateException(
                    KafkaFailure.explain(e, clients)
                            .orElseGet(() -> "could not ask Kafka for this user's permissions: " + e.getMessage()),
                    e);
        }
        return missing;
    }

    private static Set<AclOperation> allowed(KafkaFuture<TopicDescription> topic, Set<AclOperation> needed)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Set<AclOperation> allowed =
                    topic.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).authorizedOperations();
            // null: this broker does not tell
            return allowed == null ? needed : allowed;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                return Set.of();
            }
            throw e;
        }
    }
}
