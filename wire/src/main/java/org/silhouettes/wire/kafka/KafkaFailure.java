package org.silhouettes.wire.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * Explains failures of Kafka's clients: authentication, authorisation, TLS, configuration, unknown host, unreachable broker.
 * No explanation quotes a secret.
 */
public final class KafkaFailure {

    private static final String WHERE = " in the file of --kafka-config (kafka.config)";
    private static final String ACLS = " (authorisation): grant it to this user, see the ACL table in docs/security.md";

    private KafkaFailure() {}

    /**
     * One sentence with the cause and the remedy; where the clients only timed out, the brokers are connected to once.
     *
     * @param failure what a client of Kafka threw, or a failure that it caused
     * @param clients what the client was made with
     * @return empty where Kafka's clients have nothing to do with it
     */
    public static Optional<String> explain(Throwable failure, ClientConfig clients) {
        Optional<String> refusal = refusal(failure, "Kafka at " + clients.bootstrapServers());
        if (refusal.isPresent()) {
            return refusal;
        }
        List<Throwable> chain = Causes.of(failure);
        for (Throwable cause : chain) {
            if (isTimeout(cause) || isUnresolved(cause)) {
                return Optional.of("no Kafka broker answered at \"" + clients.bootstrapServers() + "\": "
                        + ConnectionProbe.reason(clients.bootstrapServers(), protocol(clients)));
            }
        }
        for (Throwable cause : chain) {
            if (cause instanceof KafkaException) {
                Throwable deepest = Causes.root(cause);
                String reason = deepest == cause ? text(cause) : text(cause) + " (" + text(deepest) + ")";
                return Optional.of("the Kafka client of " + clients.bootstrapServers() + " failed: " + reason);
            }
        }
        return Optional.empty();
    }

    /**
     * What Kafka refused: a login, an operation or a TLS connection.
     *
     * @param at who refused it, as the beginning of the sentence
     * @return empty where it refused nothing
     */
    public static Optional<String> refusal(Throwable failure, String at) {
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof AuthorizationException refused) {
                return Optional.of(at + " refused " + operation(refused) + ACLS);
            }
            if (cause instanceof SslAuthenticationException) {
                return Optional.of(at + ": " + tls(Causes.root(cause)));
            }
            if (cause instanceof AuthenticationException) {
                return Optional.of(at + " refused the login (authentication): " + cause.getMessage()
                        + ": check sasl.mechanism and sasl.jaas.config" + WHERE);
            }
        }
        return Optional.empty();
    }

    /** {@link #refusal}, or the root cause in its own words. */
    public static String text(Throwable failure, String at) {
        return refusal(failure, at).orElseGet(() -> text(Causes.root(failure)));
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof org.apache.kafka.common.errors.TimeoutException
                || cause instanceof TimeoutException
                || cause instanceof DisconnectException;
    }

    /** Kafka's clients refuse to start where no address resolves. */
    private static boolean isUnresolved(Throwable cause) {
        return cause instanceof KafkaException
                && String.valueOf(cause.getMessage()).contains("No resolvable bootstrap");
    }

    private static String protocol(ClientConfig clients) {
        try {
            // resolves what a config provider holds
            return new AdminClientConfig(clients.admin(Map.of()))
                    .getString(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG);
        } catch (KafkaException e) {
            return "PLAINTEXT";
        }
    }

    private static String operation(AuthorizationException refused) {
        if (refused instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return "DESCRIBE, READ or WRITE on topic " + String.join(", ", topics.unauthorizedTopics());
        }
        if (refused instanceof GroupAuthorizationException group && group.groupId() != null) {
            return "READ on consumer group " + group.groupId();
        }
        if (refused instanceof TransactionalIdAuthorizationException) {
            return "WRITE and DESCRIBE on a transactional id that begins with kafka.transactional-id-prefix ("
                    + refused.getMessage() + ")";
        }
        if (refused instanceof ClusterAuthorizationException) {
            return "IDEMPOTENT_WRITE on the cluster (WRITE on a topic includes it) or CREATE (" + refused.getMessage()
                    + ")";
        }
        return "an operation (" + refused.getMessage() + ")";
    }

    private static String tls(Throwable cause) {
        String text = text(cause);
        if (text.contains("PKIX path")
                || text.contains("valid certification path")
                || text.contains("trust anchor")
                || text.contains("trustAnchors")) {
            return "the broker's certificate is not trusted (TLS): " + text
                    + ": set ssl.truststore.location and ssl.truststore.type to the certificate authority's" + WHERE;
        }
        if (text.contains("No subject alternative") || text.contains("No name matching")) {
            return "the broker's certificate is for another host name (TLS): " + text
                    + ": connect under a name that the certificate holds";
        }
        if (text.contains("Unsupported or unrecognized SSL message") || text.contains("plaintext connection")) {
            return "the port does not speak TLS: " + text
                    + ": give the port of a TLS listener, or set security.protocol";
        }
        return "the TLS handshake failed: " + text
                + ": where the broker wants a client certificate, set ssl.keystore.location and its type" + WHERE;
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
