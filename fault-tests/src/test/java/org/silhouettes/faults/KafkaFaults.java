package org.silhouettes.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.silhouettes.job.metrics.MetricNames;
import org.silhouettes.wire.Topics;

/** Rows of the table in which Kafka is no longer as the job left it: another topic, transactions that have expired. */
final class KafkaFaults {

    /** Images up to the fault; of each of the four models whole mini-batches, so that all of them come out. */
    private static final int BEFORE = 1_280;

    /** Images up to the checkpoint whose output expires, likewise. */
    private static final int COVERED = 1_920;

    private static final int FOREIGN_IMAGES = 200;
    private static final Duration SPREAD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration NEVER = Duration.ofHours(1);

    private final FaultLab lab;

    KafkaFaults(FaultLab lab) {
        this.lab = lab;
    }

    /**
     * The stopped job's images topic is created again under another name, with the rest of the images; its old name
     * comes back with images of another model. The restored job keeps its models and reads the topic that is configured.
     */
    FaultRow topicOfAnotherName() {
        FlinkProcesses flink = lab.flink();
        String servers = lab.broker().bootstrapServers();
        RowTopics again = new RowTopics("moved-again", FaultLab.STREAM.partitions());
        RunSettings before = RunSettings.plain("moved").withRecords(all -> divided(all, again.images()));
        RunSettings after = before.withOptions(Map.of("topics.images", again.images()));
        try (FaultRun run = lab.run(before)) {
            Feed.await(run.feed().sendUpTo(BEFORE, SPREAD));
            awaitCodes(run.reader(), BEFORE);
            run.settled();
            flink.cancel(run.job());
            String checkpoint = flink.newestCheckpointUri(run.job());
            run.topics().deleteImages(servers);
            run.topics().createImagesAgain(servers);
            again.createImagesAgain(servers);
            Feed.await(run.feed().sendUpTo(BEFORE + FOREIGN_IMAGES, SPREAD));
            run.measure(() -> run.resubmit(after, checkpoint));
            return run.row(
                    "images topic re-created under another name",
                    1,
                    flink.logged(
                            "restored positions of topics that topics.images does not name are dropped",
                            run.topics().images(),
                            "Topic \"" + again.images() + "\" is read"),
                    "restored with `topics.images` changed: models kept, the new topic read from its beginning, the old"
                            + " one, which " + FOREIGN_IMAGES
                            + " images of another model came back in, not read; a warning");
        }
    }

    /** The first images stay, foreign images follow in the same topic, and the other images are sent to the other topic. */
    private static List<ProducerRecord<byte[], byte[]>> divided(
            List<ProducerRecord<byte[], byte[]>> all, String otherTopic) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(all.subList(0, BEFORE));
        for (ProducerRecord<byte[], byte[]> next : all.subList(0, FOREIGN_IMAGES)) {
            records.add(new ProducerRecord<>(
                    next.topic(), next.partition(), ImageStream.bytes("foreign"), next.value(), next.headers()));
        }
        for (ProducerRecord<byte[], byte[]> next : all.subList(BEFORE, all.size())) {
            records.add(new ProducerRecord<>(otherTopic, next.partition(), next.key(), next.value(), next.headers()));
        }
        return records;
    }

    /**
     * The TaskManager is killed between a checkpoint's completion and its commit, and stays away until the broker has
     * aborted the transactions: the output of that checkpoint is missing, no more and no less, and is counted.
     */
    FaultRow transactionsExpired() throws IOException {
        FlinkProcesses flink = lab.flink();
        String servers = lab.broker().bootstrapServers();
        Path orders = Files.createDirectories(lab.folder().resolve("expired"));
        RunSettings settings = RunSettings.plain("expired")
                .withOptions(Map.of("kafka.transaction-timeout", "10 s"))
                .withChanges(graph -> {
                    // checkpoints are made when this row asks for them
                    graph.getCheckpointConfig().setCheckpointInterval(NEVER.toMillis());
                    FailingOperator.replaceCommitters(graph, orders);
                });
        try (FaultRun run = lab.run(settings);
                OutcomeReader written = new OutcomeReader(servers, run.topics(), "read_uncommitted")) {
            Feed.await(run.feed().sendUpTo(BEFORE, SPREAD));
            awaitCodes(written, BEFORE);
            flink.checkpoint(run.job());
            Await.until("all is committed", PATIENCE, flink::logs, () -> run.reader()
                    .read()
                    .covers(written.readToEnd()));
            Path hold = FailingOperator.holdCommits(orders);
            Feed.await(run.feed().sendUpTo(COVERED, SPREAD));
            awaitCodes(written, COVERED);
            flink.checkpoint(run.job());
            Outcome ofCheckpoint = written.readToEnd().without(run.reader().readToEnd());
            run.restartsAfter("TaskManager's kill", () -> {
                flink.taskManager().kill();
                Await.until("transactions are aborted", PATIENCE, lab.broker()::logTail, () -> !run.topics()
                        .hasOpenTransactions(servers));
                delete(hold);
                flink.launchTaskManager();
            });
            return expiredRow(run, ofCheckpoint);
        }
    }

    private FaultRow expiredRow(FaultRun run, Outcome ofCheckpoint) {
        FlinkProcesses flink = lab.flink();
        List<String> topics = run.topics().out().keySet().stream()
                .filter(topic -> ofCheckpoint.count(topic) > 0)
                .toList();
        Await.until(
                "lost transactions are counted",
                PATIENCE,
                flink::logs,
                () -> flink.counter(run.job(), MetricNames.LOST_TRANSACTIONS) >= topics.size());
        Outcome expected = lab.faultFree().without(ofCheckpoint);
        run.feed().finish();
        Await.until("the rest comes out", PATIENCE, flink::logs, () -> {
            flink.checkpoint(run.job());
            return run.reader().read().covers(expected);
        });
        flink.checkpoint(run.job());
        Outcome outcome = run.reader().readToEnd();
        Outcome.Difference difference = outcome.from(expected);
        if (!difference.none()) {
            System.out.println("expired differs:\n" + difference.examples());
        }
        boolean named = topics.stream()
                .allMatch(topic -> flink.logged(
                        "ERROR", "output for topic \"" + run.topics().name(topic) + "\" of one checkpoint is lost"));
        long dictionaries = ofCheckpoint.count(Topics.DICTIONARIES);
        return new FaultRow(
                "down longer than `kafka.transaction-timeout`",
                1,
                run.medianRecovery(),
                lab.faultFree().from(outcome).duplicated(),
                difference.duplicated(),
                difference.hashEqual(),
                difference.none() && named && dictionaries > 0 && ofCheckpoint.count(Topics.CODES) == COVERED - BEFORE,
                "TaskManager killed between a checkpoint and its commit, back when the broker had aborted (10 s): that"
                        + " checkpoint's output is missing and nothing else, later versions are the same; `lostTransactions` "
                        + flink.counter(run.job(), MetricNames.LOST_TRANSACTIONS) + ", an error names each topic");
    }

    private void awaitCodes(OutcomeReader reader, int images) {
        Await.until(
                "codes of " + images + " images",
                PATIENCE,
                lab.flink()::logs,
                () -> reader.read().count(Topics.CODES) >= images);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
