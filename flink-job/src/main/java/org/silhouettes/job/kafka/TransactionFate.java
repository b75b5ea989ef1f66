package org.silhouettes.job.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.util.function.SerializableSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a transaction that could not be committed. A pooled transactional id is used again only after its
 * transaction was committed; a restored job that commits the old one again is fenced although nothing is missing. A
 * transaction that the broker aborted by its time-out is fenced likewise, but its epoch rose by one only.
 */
final class TransactionFate {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionFate.class);
    private static final long TIMEOUT_MILLIS = 10_000;

    private final SerializableSupplier<Properties> clients;

    TransactionFate(SerializableSupplier<Properties> clients) {
        this.clients = clients;
    }

    /** Whether the transaction was committed earlier; false also where that cannot be found out. */
    boolean wasCommitted(KafkaCommittable committable, Throwable reason) {
        if (!(reason instanceof ProducerFencedException)) {
            // any other known reason follows an abort
            return false;
        }
        Admin admin = Admin.create(clients.get());
        try {
            String id = committable.getTransactionalId();
            TransactionDescription now = admin.describeTransactions(List.of(id))
                    .all()
                    .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                    .get(id);
            LOG.info("transaction {} of epoch {} could not be committed; now {}", id, committable.getEpoch(), now);
            return wasCommitted(committable.getProducerId(), committable.getEpoch(), now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("could not ask Kafka what became of transaction {}", committable.getTransactionalId(), e);
            return false;
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    static boolean wasCommitted(long producerId, short epoch, TransactionDescription now) {
        boolean aborted =
                now.state() == TransactionState.COMPLETE_ABORT || now.state() == TransactionState.PREPARE_ABORT;
        // a producer id that is used up is replaced by another one with epochs from 0 on
        boolean sameUse = now.producerId() == producerId && now.producerEpoch() <= epoch + 1;
        return !(aborted && sameUse);
    }
}
