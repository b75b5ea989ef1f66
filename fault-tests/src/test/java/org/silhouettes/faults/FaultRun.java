package org.silhouettes.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.silhouettes.wire.Topics;

/** One run of the job over the stream while faults strike, up to its row in the table. */
final class FaultRun implements AutoCloseable {

    /** How long the last records may take to come out; longer means lost. */
    private static final Duration OUTCOME_PATIENCE = Duration.ofSeconds(120);

    private final FaultLab lab;
    private final FlinkProcesses flink;
    private final RunSettings settings;
    private final RowTopics topics;
    private final Feed feed;
    private final OutcomeReader reader;
    private final List<Double> recoveries = new ArrayList<>();
    private JobID job;

    FaultRun(FaultLab lab, FlinkProcesses flink, RunSettings settings) {
        this.lab = lab;
        this.flink = flink;
        this.settings = settings;
        this.topics = new RowTopics(settings.name(), settings.stream().partitions());
        String servers = lab.broker().bootstrapServers();
        topics.create(servers);
        feed = new Feed(servers, settings.records().apply(settings.stream().records(topics.images())));
        reader = new OutcomeReader(servers, topics);
        job = flink.submit(graph());
        flink.awaitRunning(job);
    }

    private JobGraph graph() {
        return settings.graph(topics, lab.broker().bootstrapServers());
    }

    Feed feed() {
        return feed;
    }

    /** Sends the stream up to that share of it, 0 to 1, evenly over that time. */
    CompletableFuture<Void> sendUpTo(double share, Duration over) {
        return feed.sendUpTo((int) (share * feed.size()), over);
    }

    /** Whether the images topic holds each record that was sent exactly once. */
    boolean inputIsWhole() {
        feed.finish();
        return topics.images(lab.broker().bootstrapServers()) == feed.size();
    }

    JobID job() {
        return job;
    }

    RowTopics topics() {
        return topics;
    }

    OutcomeReader reader() {
        return reader;
    }

    /** Submits the job again, to continue from a checkpoint, as an operator does after the JobManager was lost. */
    void resubmit(Path checkpoint) {
        JobGraph graph = graph();
        graph.setSavepointRestoreSettings(
                SavepointRestoreSettings.forPath(checkpoint.toUri().toString()));
        job = flink.submit(graph);
        flink.awaitRunning(job);
    }

    /**
     * Cancels the job and submits it with other settings from its newest checkpoint.
     *
     * @param spelling how to name the checkpoint, given Flink's URI of it
     */
    void cancelAndResubmit(RunSettings other, UnaryOperator<String> spelling) {
        flink.cancel(job);
        // only a job that has ended removes no checkpoint for a newer one
        resubmit(other, spelling.apply(flink.newestCheckpointUri(job)));
    }

    /** Submits the job, which was cancelled, with other settings from a checkpoint, named by that URI. */
    void resubmit(RunSettings other, String checkpoint) {
        JobGraph graph = other.graph(topics, lab.broker().bootstrapServers());
        graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint));
        job = flink.submit(graph);
        flink.awaitRunning(job);
    }

    /** Cancels the job and submits it again from its newest checkpoint. */
    void cancelAndResubmit() {
        flink.cancel(job);
        resubmit(flink.newestCheckpointOnDisk(job));
    }

    /** Does something that makes the job restart, waits until it runs again and notes how long that took. */
    void restartsAfter(String fault, Runnable strike) {
        long before = flink.lastRestartMillis(job);
        measure(() -> {
            strike.run();
            Await.until(
                    "restart after " + fault,
                    FlinkProcesses.PATIENCE,
                    flink::logs,
                    () -> flink.lastRestartMillis(job) > before && flink.allRunning(job));
        });
    }

    /** Notes how long a recovery takes. */
    void measure(Runnable recovery) {
        long started = System.nanoTime();
        recovery.run();
        recoveries.add((System.nanoTime() - started) / 1e9);
    }

    /** Sends what is left of the stream and gives what came out of a run without faults: the oracle. */
    Outcome faultFreeOutcome() {
        feed.finish();
        Await.until(
                "fault-free run ends",
                OUTCOME_PATIENCE,
                flink::logs,
                () -> reader.read().count(Topics.CODES) >= settings.stream().size());
        return settled();
    }

    /**
     * Sends what is left of the stream, waits until all that is expected is there or the wait is over,
     * then for two more checkpoints, so that what comes twice has come.
     */
    Outcome outcome(Outcome expected) {
        feed.finish();
        long end = System.nanoTime() + OUTCOME_PATIENCE.toNanos();
        Await.until(
                "outcome of " + settings.name(),
                OUTCOME_PATIENCE.plusSeconds(30),
                flink::logs,
                () -> reader.read().covers(expected) || System.nanoTime() > end);
        return settled();
    }

    /** What has come out once two more checkpoints are complete. */
    Outcome settled() {
        flink.awaitCheckpoints(job, 2);
        return reader.readToEnd();
    }

    /** The row: what the stream's outcome says, and whether what the row requires in addition holds. */
    FaultRow row(String fault, int runs, boolean asked, String note) {
        Outcome.Difference difference = outcome(lab.faultFree()).from(lab.faultFree());
        if (!difference.none()) {
            System.out.println(settings.name() + " differs from the fault-free run:\n" + difference.examples());
        }
        return new FaultRow(
                fault,
                runs,
                medianRecovery(),
                difference.lost(),
                difference.duplicated(),
                difference.hashEqual(),
                difference.none() && asked,
                note);
    }

    double medianRecovery() {
        List<Double> sorted = recoveries.stream().sorted().toList();
        double median = sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
        return Math.round(median * 10) / 10.0;
    }

    @Override
    public void close() {
        feed.close();
        reader.close();
        if (!flink.state(job).equals("FAILED")) {
            flink.cancel(job);
        }
    }
}
