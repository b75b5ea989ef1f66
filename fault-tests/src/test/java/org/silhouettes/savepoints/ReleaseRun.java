package org.silhouettes.savepoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.awaitility.Awaitility;

/**
 * One run of the job on {@link ReleaseStream}.
 *
 * @param scratch folder for checkpoints and what else is temporary
 * @param parallelism of all operators; the source's one split stays in one of its subtasks
 * @param savepoint to continue from, or null for the stream's start
 */
record ReleaseRun(Path scratch, int parallelism, Path savepoint) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Runs to the stream's end and leaves the last dictionaries in a folder. */
    void toTheEnd(Path dictionaries) throws Exception {
        try (StreamExecutionEnvironment env = environment()) {
            ReleaseStream.define(
                    env,
                    RateLimiterStrategy.noOp(),
                    scratch,
                    new DictionaryFiles(Files.createDirectories(dictionaries)),
                    new DiscardingSink<>());
            env.execute("to the end");
        }
    }

    /** Reads the given number of further records, stops after the given number of activity records and returns the savepoint's folder. */
    Path stopped(int records, int activityRecords, SavepointFormatType format) throws Exception {
        Path progress = Files.createTempFile(scratch, "progress", "");
        try (StreamExecutionEnvironment env = environment()) {
            ReleaseStream.define(
                    env,
                    subtasks -> new HaltAfter(records),
                    scratch,
                    new DiscardingSink<>(),
                    new ProgressSink(progress));
            JobClient job = env.executeAsync("to be stopped");
            Awaitility.await(activityRecords + " activity records")
                    .atMost(PATIENCE)
                    .until(() -> Files.size(progress) >= activityRecords);
            return SavepointStop.of(job, scratch.resolve("savepoints"), format);
        }
    }

    private StreamExecutionEnvironment environment() {
        Configuration flink = new Configuration();
        if (savepoint != null) {
            flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toUri().toString());
        }
        return StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
    }

    /** SHA-256 of each model's last dictionary, by file name. */
    static Map<String, String> hashes(Path dictionaries) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(dictionaries)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sha256")).toList()) {
                hashes.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return hashes;
    }
}
