package org.silhouettes.job.options;

import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.wire.Topics;
import org.silhouettes.wire.kafka.ClientConfig;

/**
 * Topics, transactions and clients of the job.
 *
 * @param connection address and file as options; {@code clients} is what follows from them
 * @param clients address and properties of all Kafka clients
 */
public record KafkaSettings(
        TopicNames topics,
        Connection connection,
        @Setting(
                        key = "kafka.group-id",
                        pattern = NAME,
                        allowed = "a name",
                        affectsLearning = false,
                        help =
                                "Consumer group whose offsets are committed with each checkpoint, for monitoring only; the job always"
                                        + " resumes from its checkpoint.")
                String groupId,
        @Setting(
                        key = "kafka.transactional-id-prefix",
                        pattern = NAME,
                        allowed = "a name",
                        affectsLearning = false,
                        help =
                                "Prefix of all transactional ids; it must differ between jobs on the same brokers and must not change"
                                        + " during a job's life.")
                String transactionalIdPrefix,
        @Setting(
                        key = "kafka.transaction-timeout",
                        min = 10,
                        max = 86_400,
                        affectsLearning = false,
                        help =
                                "Time after which a broker aborts an open transaction; output is lost if the job or its brokers are down for"
                                        + " longer. Set it to the broker's transaction.max.timeout.ms (15 min by default), which is its upper"
                                        + " limit. It must exceed checkpoint.interval.")
                Duration transactionTimeout,
        @Setting(key = "output.max-record-bytes") int maxRecordBytes,
        ClientConfig clients)
        implements Serializable {

    /** Value of kafka.config that names no file. */
    public static final String NO_FILE = "none";

    static final String NAME = "(?s).*\\S.*";

    static final KafkaSettings DEFAULTS = new KafkaSettings(
            new TopicNames(
                    Topics.IMAGES,
                    Topics.DICTIONARIES,
                    Topics.SILHOUETTES,
                    Topics.ACTIVITY,
                    Topics.CODES,
                    Topics.REJECTED),
            new Connection(ClientConfig.DEFAULT_ADDRESS, NO_FILE),
            "silhouettes",
            "silhouettes",
            Duration.ofMinutes(15),
            1_000_000,
            ClientConfig.of(ClientConfig.DEFAULT_ADDRESS));

    /** The same settings with other clients. */
    KafkaSettings withClients(ClientConfig newClients) {
        return new KafkaSettings(
                topics, connection, groupId, transactionalIdPrefix, transactionTimeout, maxRecordBytes, newClients);
    }

    /** Address of the brokers, for messages. */
    public String bootstrapServers() {
        return clients.bootstrapServers();
    }

    /** Address of the brokers and file of client properties. */
    public record Connection(
            @Setting(
                            key = JobOptions.BOOTSTRAP_SERVERS,
                            pattern = NAME,
                            allowed = "host:port, several separated by commas",
                            affectsLearning = false,
                            help =
                                    "Addresses of Kafka brokers; overrides bootstrap.servers in the file of kafka.config.")
                    String bootstrapServers,
            @Setting(
                            key = JobOptions.KAFKA_CONFIG,
                            pattern = "(?s)/.*|" + NO_FILE,
                            allowed = "an absolute path or " + NO_FILE,
                            affectsLearning = false,
                            help =
                                    "File of Kafka client properties (TLS, SASL), which every process of the job reads itself; see"
                                            + " docs/security.md.")
                    String file)
            implements Serializable {}

    /** Names of the topics. */
    public record TopicNames(
            @Setting(
                            key = "topics.images",
                            pattern = TOPIC,
                            allowed = ALLOWED,
                            affectsLearning = false,
                            help = "Topic of the input images.")
                    String images,
            @Setting(
                            key = "topics.dictionaries",
                            pattern = TOPIC,
                            allowed = ALLOWED,
                            affectsLearning = false,
                            help = "Topic of dictionary snapshots.")
                    String dictionaries,
            @Setting(
                            key = "topics.silhouettes",
                            pattern = TOPIC,
                            allowed = ALLOWED,
                            affectsLearning = false,
                            help = "Topic of pictures.")
                    String silhouettes,
            @Setting(
                            key = "topics.activity",
                            pattern = TOPIC,
                            allowed = ALLOWED,
                            affectsLearning = false,
                            help = "Topic of activity records.")
                    String activity,
            @Setting(
                            key = "topics.codes",
                            pattern = TOPIC,
                            allowed = ALLOWED,
                            affectsLearning = false,
                            help = "Topic of codes, used if codes.emit is not none.")
                    String codes,
            @Setting(
                            key = "topics.rejected",
                            pattern = TOPIC,
                            allowed = ALLOWED,
                            affectsLearning = false,
                            help = "Topic of rejected records with the reason.")
                    String rejected)
            implements Serializable {

        static final String TOPIC = "[a-zA-Z0-9._-]{1,249}";
        static final String ALLOWED = "1 to 249 letters, digits, dots, underscores or dashes";

        public TopicNames {
            List<String> names = List.of(images, dictionaries, silhouettes, activity, codes, rejected);
            if (new HashSet<>(names).size() < names.size()) {
                throw new IllegalArgumentException("topics.* must be distinct, got " + String.join(", ", names));
            }
        }
    }
}
