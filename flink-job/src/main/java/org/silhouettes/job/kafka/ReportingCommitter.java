package org.silhouettes.job.kafka;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's committer, which also counts the transactions that were lost. The connector (5.0.0) logs a transaction
 * that the broker gave up before its commit, and continues: the output of one checkpoint is then missing for good.
 */
final class ReportingCommitter implements Committer<KafkaCommittable> {

    private static final Logger LOG = LoggerFactory.getLogger(ReportingCommitter.class);

    private final Committer<KafkaCommittable> committer;
    private final TransactionFate fate;
    private final String topic;
    private final Counter lost;

    /**
     * @param topic that the transactions write to
     * @param lost counts lost transactions
     */
    ReportingCommitter(Committer<KafkaCommittable> committer, TransactionFate fate, String topic, Counter lost) {
        this.committer = committer;
        this.fate = fate;
        this.topic = topic;
        this.lost = lost;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests) throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> reported = requests.stream()
                .<CommitRequest<KafkaCommittable>>map(Reported::new)
                .toList();
        committer.commit(reported);
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }

    private void failed(KafkaCommittable committable, Throwable reason) {
        if (fate.wasCommitted(committable, reason)) {
            LOG.info("transaction {} had been committed before", committable.getTransactionalId());
            return;
        }
        lost.inc();
        LOG.error(
                "output for topic \"{}\" of one checkpoint is lost: the broker had aborted transaction {} before it was"
                        + " committed, most likely as more than kafka.transaction-timeout passed between the checkpoint"
                        + " and its commit. Models and positions are not affected. See docs/kafka.md",
                topic,
                committable.getTransactionalId(),
                reason);
    }

    /** A request that reports its failure. */
    private final class Reported implements CommitRequest<KafkaCommittable> {
        private final CommitRequest<KafkaCommittable> request;

        Reported(CommitRequest<KafkaCommittable> request) {
            this.request = request;
        }

        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            failed(request.getCommittable(), reason);
            request.signalFailedWithKnownReason(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            request.signalFailedWithUnknownReason(reason);
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }
    }
}
