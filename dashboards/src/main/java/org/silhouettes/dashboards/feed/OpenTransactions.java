package org.silhouettes.dashboards.feed;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Finds the open transaction that holds a topic back. What Kafka does not let this user know is left out. */
final class OpenTransactions {

    /** A transaction that is committed within this time is not reported. */
    private static final long PATIENCE_MILLIS = 10_000;

    private long noticedAtMillis;
    private Map<TopicPartition, Long> stableBefore = Map.of();

    /** The transaction, where partitions have stood still behind one for a while. */
    Optional<BlockedRecords> look(Admin admin, TopicEnds.Ends ends, long nowMillis) throws InterruptedException {
        long records = 0;
        TopicPartition most = null;
        for (Map.Entry<TopicPartition, Long> high : ends.high().entrySet()) {
            long held = high.getValue() - ends.stable().getOrDefault(high.getKey(), high.getValue());
            if (held > 0) {
                records += held;
                most = high.getKey();
            }
        }
        boolean moved = !ends.stable().equals(stableBefore);
        stableBefore = ends.stable();
        if (records == 0 || moved) {
            noticedAtMillis = nowMillis;
        }
        if (records == 0 || nowMillis - noticedAtMillis < PATIENCE_MILLIS) {
            return Optional.empty();
        }
        return Optional.of(describe(admin, most, records));
    }

    private BlockedRecords describe(Admin admin, TopicPartition partition, long records) throws InterruptedException {
        BlockedRecords known = new BlockedRecords(records, noticedAtMillis, "");
        try {
            ProducerState first = null;
            for (ProducerState producer : KafkaMonitor.get(
                            admin.describeProducers(List.of(partition)).partitionResult(partition))
                    .activeProducers()) {
                boolean earlier = producer.currentTransactionStartOffset().isPresent()
                        && (first == null
                                || producer.currentTransactionStartOffset().getAsLong()
                                        < first.currentTransactionStartOffset().getAsLong());
                first = earlier ? producer : first;
            }
            if (first == null) {
                return known;
            }
            known = new BlockedRecords(records, first.lastTimestamp(), "");
            ListTransactionsOptions ofProducer =
                    new ListTransactionsOptions().filterProducerIds(Set.of(first.producerId()));
            for (TransactionListing listing :
                    KafkaMonitor.get(admin.listTransactions(ofProducer).all())) {
                known = new BlockedRecords(records, known.sinceMillis(), listing.transactionalId());
                TransactionDescription transaction =
                        KafkaMonitor.get(admin.describeTransactions(List.of(listing.transactionalId()))
                                .description(listing.transactionalId()));
                if (transaction.transactionStartTimeMs().isPresent()) {
                    known = new BlockedRecords(
                            records, transaction.transactionStartTimeMs().getAsLong(), listing.transactionalId());
                }
            }
            return known;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return known;
        }
    }
}
