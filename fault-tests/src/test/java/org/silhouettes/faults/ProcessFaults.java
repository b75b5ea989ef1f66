package org.silhouettes.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Rows of the table in which processes, the disk or the broker fail. */
final class ProcessFaults {

    private static final Duration SPREAD = Duration.ofSeconds(2);

    private final FaultLab lab;

    ProcessFaults(FaultLab lab) {
        this.lab = lab;
    }

    /**
     * {@code kill -9} of the TaskManager, at random moments while images arrive: anywhere between two checkpoints and
     * within one, after at least one more was completed than at the last kill.
     */
    FaultRow taskManagerKilled(int times, long seed) {
        FlinkProcesses flink = lab.flink();
        Random random = new Random(seed);
        try (FaultRun run = lab.run("taskmanager-kill")) {
            for (int kill = 0; kill < times; kill++) {
                CompletableFuture<Void> sending = run.sendUpTo((kill + 1.0) / (times + 1), SPREAD);
                flink.awaitCheckpoints(run.job(), 1);
                Await.elapse(Duration.ofMillis(random.nextInt(1200)));
                run.restartsAfter("TaskManager's kill", () -> {
                    flink.taskManager().kill();
                    flink.launchTaskManager();
                });
                Feed.await(sending);
            }
            return run.row(
                    "TaskManager `kill -9`", times, true, "at random moments (seed " + seed + ") while images arrive");
        }
    }

    /**
     * {@code kill -9} of a JobManager without high availability: it starts again knowing nothing, and the job is
     * submitted again from its newest complete checkpoint on disk, as an operator would.
     */
    FaultRow jobManagerKilled(int times) {
        FlinkProcesses flink = lab.flink();
        try (FaultRun run = lab.run("jobmanager-kill")) {
            for (int kill = 0; kill < times; kill++) {
                CompletableFuture<Void> sending = run.sendUpTo((kill + 1.0) / (times + 1), SPREAD);
                flink.awaitCheckpoints(run.job(), 1);
                run.measure(() -> {
                    flink.jobManager().kill();
                    Path newest = flink.newestCheckpointOnDisk(run.job());
                    flink.launchJobManager();
                    flink.awaitReady();
                    run.resubmit(newest);
                });
                Feed.await(sending);
            }
            return run.row(
                    "JobManager `kill -9`, no HA",
                    times,
                    true,
                    "started again, job submitted again from its newest retained checkpoint; "
                            + FlinkProcesses.HEARTBEAT_TIMEOUT.toSeconds()
                            + " s of it until the TaskManager misses the old one (`heartbeat.timeout`)");
        }
    }

    /** {@code kill -9} of a JobManager with ZooKeeper: it starts again and finds job and checkpoint by itself. */
    FaultRow highlyAvailableJobManagerKilled(int times) throws IOException {
        Path folder = Files.createDirectories(lab.folder().resolve("ha"));
        try (ZooKeeperProcess zooKeeper = new ZooKeeperProcess(folder);
                FlinkProcesses flink = new FlinkProcesses(folder, 2, 256, zooKeeper.options())) {
            flink.awaitReady();
            try (FaultRun run = lab.run(RunSettings.plain("jobmanager-kill-ha"), flink)) {
                for (int kill = 0; kill < times; kill++) {
                    CompletableFuture<Void> sending = run.sendUpTo((kill + 1.0) / (times + 1), SPREAD);
                    flink.awaitCheckpoints(run.job(), 1);
                    run.measure(() -> {
                        flink.jobManager().kill();
                        flink.launchJobManager();
                        flink.awaitReady();
                        flink.awaitRunning(run.job());
                    });
                    Feed.await(sending);
                }
                return run.row(
                        "JobManager `kill -9`, ZooKeeper HA",
                        times,
                        true,
                        "started again, found the job and its checkpoint by itself");
            }
        }
    }

    /** {@code kill -9} of the broker in the middle of transactions, and a restart on the same logs. */
    FaultRow brokerKilled(int times) {
        try (FaultRun run = lab.run("broker-kill")) {
            for (int kill = 0; kill < times; kill++) {
                CompletableFuture<Void> sending = run.sendUpTo((kill + 1.0) / (times + 1), SPREAD);
                lab.flink().awaitCheckpoints(run.job(), 1);
                run.measure(() -> {
                    lab.broker().kill();
                    lab.broker().launch();
                    lab.broker().awaitReady();
                    lab.flink().awaitRunning(run.job());
                    lab.flink().awaitCheckpoints(run.job(), 1);
                });
                Feed.await(sending);
            }
            return run.row(
                    "broker `kill -9`",
                    times,
                    run.inputIsWhole(),
                    "restarted on the same logs; the producer's retries left no duplicate in the input either");
        }
    }

    /**
     * The checkpoint folder cannot be written for a while: it is renamed and a plain file takes its place, which root
     * cannot write into either (permission bits do not stop root).
     */
    FaultRow checkpointFolderAway() {
        FlinkProcesses flink = lab.flink();
        Path folder = flink.checkpoints();
        Path aside = folder.resolveSibling("checkpoints-aside");
        try (FaultRun run = lab.run("checkpoint-folder")) {
            CompletableFuture<Void> sending = run.sendUpTo(0.8, SPREAD.multipliedBy(3));
            flink.awaitCheckpoints(run.job(), 1);
            long failedBefore = flink.failedCheckpoints(run.job());
            move(folder, aside);
            create(folder);
            Await.until(
                    "checkpoints fail",
                    FlinkProcesses.PATIENCE,
                    flink::logs,
                    () -> flink.failedCheckpoints(run.job()) >= failedBefore + 2);
            run.measure(() -> {
                delete(folder);
                move(aside, folder);
                flink.awaitCheckpoints(run.job(), 1);
            });
            Feed.await(sending);
            long failed = flink.failedCheckpoints(run.job()) - failedBefore;
            return run.row(
                    "checkpoint folder not writable",
                    1,
                    failed >= 2,
                    "a file in its place until " + failed + " checkpoints had failed; the job continued");
        }
    }

    /** The broker is stopped ({@code SIGSTOP}): sources and sinks block in the middle of what they do. */
    FaultRow sinkBlocked(int times, Duration pause) {
        try (FaultRun run = lab.run("sink-blocked")) {
            for (int stop = 0; stop < times; stop++) {
                CompletableFuture<Void> sending = run.sendUpTo((stop + 1.0) / (times + 1), SPREAD);
                lab.flink().awaitCheckpoints(run.job(), 1);
                run.measure(() -> {
                    lab.broker().pause(pause);
                    lab.flink().awaitCheckpoints(run.job(), 2);
                });
                Feed.await(sending);
            }
            return run.row(
                    "sink blocked",
                    times,
                    run.inputIsWhole(),
                    "broker stopped (`SIGSTOP`) for " + pause.toSeconds() + " s; recovery until two checkpoints later");
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
