package org.silhouettes.job.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.Admin;
import org.silhouettes.wire.kafka.ClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, when a job starts, that its brokers allow the transactions of its output and that no transaction of an earlier job
 * hides the output from readers.
 *
 * @param prefixes prefix of the job's own transactional ids, by output topic
 * @param timeout of the job's transactions
 */
public record OutputTransactions(Map<String, String> prefixes, Duration timeout) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(OutputTransactions.class);

    public OutputTransactions {
        prefixes = Map.copyOf(prefixes);
    }

    /**
     * Checks both with a client of its own.
     *
     * @return what there is to warn of, one sentence for each transaction
     * @throws SuppressRestartsException where the brokers allow only shorter transactions
     */
    public List<String> check(ClientConfig clients) {
        Admin admin = Admin.create(clients.admin(Map.of()));
        try {
            return check(new TopicOffsets(admin), Instant.now());
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    List<String> check(TopicOffsets brokers, Instant now) {
        optional("transaction.max.timeout.ms", brokers::maxTransactionTimeoutMillis)
                .ifPresent(this::requireTimeout);
        List<String> warnings = new ArrayList<>();
        prefixes.forEach((topic, prefix) -> optional(
                        "the open transactions of topic " + topic,
                        () -> Optional.of(brokers.openTransactions(brokers.partitions(topic))))
                .ifPresent(open -> open.stream()
                        .filter(found -> isForeign(found, prefix))
                        .forEach(found -> warnings.add(warning(found, startOf(brokers, found), now)))));
        return warnings;
    }

    /** Nothing where Kafka does not tell: a job without these permissions still runs. */
    private static <T> Optional<T> optional(String what, Supplier<Optional<T>> question) {
        try {
            return question.get();
        } catch (IllegalStateException e) {
            LOG.debug("could not ask Kafka for {}", what, e);
            return Optional.empty();
        }
    }

    private static boolean isForeign(TopicOffsets.OpenTransaction open, String prefix) {
        // the connector appends "-" and numbers; ids of this job's own user are always visible to it
        return open.transactionalId().filter(id -> id.startsWith(prefix + "-")).isEmpty();
    }

    private void requireTimeout(long maxMillis) {
        if (timeout.toMillis() > maxMillis) {
            throw new SuppressRestartsException(new IllegalStateException("kafka.transaction-timeout is "
                    + timeout.toMillis() + " ms, the brokers allow transactions of " + maxMillis
                    + " ms at most (transaction.max.timeout.ms): set kafka.transaction-timeout to " + maxMillis
                    + " ms or less, or raise transaction.max.timeout.ms of every broker"));
        }
    }

    private static Instant startOf(TopicOffsets brokers, TopicOffsets.OpenTransaction open) {
        OptionalLong start = open.transactionalId()
                .flatMap(id -> optional("transaction " + id, () -> Optional.of(brokers.startMillis(id))))
                .orElse(OptionalLong.empty());
        return Instant.ofEpochMilli(start.orElse(open.lastActiveMillis()));
    }

    private static String warning(TopicOffsets.OpenTransaction open, Instant start, Instant now) {
        String topic = open.partition().topic();
        int partition = open.partition().partition();
        return "partition " + partition + " of output topic \"" + topic + "\" has an open transaction of "
                + open.transactionalId()
                        .map(id -> "transactional id \"" + id + "\"")
                        .orElse("producer id " + open.producerId())
                + ", which is not this job's: it is "
                + Duration.between(start, now).toSeconds()
                + " s old, and readers of committed records (the dashboard) see nothing behind offset " + open.start()
                + " until it ends. If a job of another kafka.transactional-id-prefix was killed, abort it:"
                + " kafka-transactions.sh --bootstrap-server HOST:PORT abort --topic " + topic + " --partition "
                + partition + " --start-offset " + open.start() + " (docs/kafka.md)";
    }
}
