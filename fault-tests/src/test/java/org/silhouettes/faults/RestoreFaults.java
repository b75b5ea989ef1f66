package org.silhouettes.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.silhouettes.savepoints.StoredSavepoints;
import org.silhouettes.wire.Topics;

/** Rows of the table in which the job continues from its state under other conditions. */
final class RestoreFaults {

    private static final Duration SPREAD = Duration.ofSeconds(2);

    private final FaultLab lab;

    RestoreFaults(FaultLab lab) {
        this.lab = lab;
    }

    /** The job is cancelled and restored with another parallelism, down and up again. */
    FaultRow changedParallelism() {
        RunSettings plain = RunSettings.plain("parallelism");
        try (FaultRun run = lab.run(plain)) {
            for (int parallelism : new int[] {1, 2}) {
                CompletableFuture<Void> sending = run.sendUpTo(parallelism / 3.0, SPREAD);
                lab.flink().awaitCheckpoints(run.job(), 1);
                RunSettings other = plain.withParallelism(parallelism);
                run.measure(() -> run.cancelAndResubmit(other, uri -> uri));
                Feed.await(sending);
            }
            return run.row(
                    "restored with another parallelism", 2, true, "from retained checkpoints: 2 → 1 → 2 subtasks");
        }
    }

    /** {@code codes.emit} is turned off and on again: the codes sink has state, whether it gets records or not. */
    FaultRow codesTurnedOffAndOn() {
        RunSettings all = RunSettings.plain("codes-off");
        RunSettings none = all.withOptions(Map.of("codes.emit", "none"));
        try (FaultRun run = lab.run(all)) {
            Feed.await(run.sendUpTo(0.3, SPREAD));
            run.settled();
            run.measure(() -> run.cancelAndResubmit(none, uri -> uri));
            Feed.await(run.sendUpTo(0.6, SPREAD));
            run.settled();
            run.measure(() -> run.cancelAndResubmit(all, uri -> uri));
            Outcome expected = lab.faultFree().without(Topics.CODES);
            Outcome outcome = run.outcome(expected);
            Outcome.Difference difference = outcome.without(Topics.CODES).from(expected);
            long codes = outcome.count(Topics.CODES);
            long most = FaultLab.STREAM.size();
            return new FaultRow(
                    "restored with `codes.emit` all → none → all",
                    2,
                    run.medianRecovery(),
                    difference.lost(),
                    difference.duplicated(),
                    difference.hashEqual(),
                    difference.none() && codes > 0.5 * most && codes < most,
                    "codes of the images in between are missing, everything else is as without the change");
        }
    }

    /** The job is restored by a {@code file:} URI and by a plain path of the same checkpoint folder. */
    FaultRow fileUriAndPath() {
        return restoredBy("file-uri", "restored by `file:` URI and by path", 2, uri -> uri, uri -> Path.of(
                        java.net.URI.create(uri).getPath())
                .toString());
    }

    @SafeVarargs
    private FaultRow restoredBy(String name, String row, int times, UnaryOperator<String>... spellings) {
        RunSettings plain = RunSettings.plain(name);
        try (FaultRun run = lab.run(plain)) {
            for (int n = 0; n < times; n++) {
                UnaryOperator<String> spelling = spellings[n];
                CompletableFuture<Void> sending = run.sendUpTo((n + 1.0) / (times + 1), SPREAD);
                lab.flink().awaitCheckpoints(run.job(), 1);
                run.measure(() -> run.cancelAndResubmit(plain, spelling));
                Feed.await(sending);
            }
            return run.row(row, times, true, "from retained checkpoints");
        }
    }

    /** Checkpoints in a test file system that stands in for an object store: found by its scheme, without folders. */
    FaultRow objectStore() throws IOException {
        Path folder = Files.createDirectories(lab.folder().resolve("objects"));
        Map<String, String> options = Map.of(
                "execution.checkpointing.dir",
                ObjectStoreFileSystem.uri(folder.resolve("bucket")) + "/checkpoints",
                "execution.checkpointing.savepoint-dir",
                ObjectStoreFileSystem.uri(folder.resolve("bucket")) + "/savepoints");
        RunSettings plain = RunSettings.plain("object-store");
        try (FlinkProcesses flink = new FlinkProcesses(folder, 2, 256, options)) {
            flink.awaitReady();
            try (FaultRun run = lab.run(plain, flink)) {
                CompletableFuture<Void> sending = run.sendUpTo(0.4, SPREAD);
                flink.awaitCheckpoints(run.job(), 1);
                run.restartsAfter("TaskManager's kill", () -> {
                    flink.taskManager().kill();
                    flink.launchTaskManager();
                });
                Feed.await(sending);
                flink.awaitCheckpoints(run.job(), 1);
                String uri = flink.newestCheckpointUri(run.job());
                run.measure(() -> run.cancelAndResubmit(plain, newest -> newest));
                return run.row(
                        "checkpoints in a file system of another scheme",
                        2,
                        uri.startsWith(ObjectStoreFileSystem.SCHEME + ":"),
                        "a test file system stands in for an object store; TaskManager killed, then restored by its URI");
            }
        }
    }

    /** The adaptive scheduler gives the running job fewer subtasks and then more. */
    FaultRow adaptiveScheduler() throws IOException {
        Path folder = Files.createDirectories(lab.folder().resolve("adaptive"));
        Map<String, String> options = Map.of(
                "jobmanager.scheduler", "adaptive",
                "jobmanager.adaptive-scheduler.executing.cooldown-after-rescaling", "1 s",
                "jobmanager.adaptive-scheduler.rescale-trigger.max-delay", "5 s");
        try (FlinkProcesses flink = new FlinkProcesses(folder, 2, 256, options)) {
            flink.awaitReady();
            try (FaultRun run = lab.run(RunSettings.plain("adaptive"), flink)) {
                for (int parallelism : new int[] {1, 2}) {
                    CompletableFuture<Void> sending = run.sendUpTo(parallelism / 3.0, SPREAD);
                    flink.awaitCheckpoints(run.job(), 1);
                    run.measure(() -> flink.rescale(run.job(), parallelism));
                    Feed.await(sending);
                }
                return run.row("rescaled by the adaptive scheduler", 2, true, "while it runs: 2 → 1 → 2 subtasks");
            }
        }
    }

    /** Savepoints of every format of the model state are restored and learn the rest of their stream. */
    FaultRow oldSavepoints() throws Exception {
        int equal = 0;
        List<Path> all = StoredSavepoints.all();
        Path scratch = Files.createDirectories(lab.folder().resolve("old-savepoints"));
        for (Path stored : all) {
            equal += StoredSavepoints.end(stored, scratch).equals(StoredSavepoints.expectedEnd(stored)) ? 1 : 0;
        }
        return new FaultRow(
                "old savepoints",
                all.size(),
                0,
                0,
                0,
                equal == all.size(),
                equal == all.size() && !all.isEmpty(),
                "of every format of the model state: each continues to the stored dictionaries");
    }
}
