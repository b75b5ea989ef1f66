package org.silhouettes.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.record.RawRecord;
import org.silhouettes.job.record.RecordTypeInfo;
import org.silhouettes.wire.Headers;
import org.silhouettes.wire.WireRecord;

/** The very graph that runs on Kafka, between a bounded source and sinks in memory. */
class WorkflowTest {

    private static final int MODELS = 4;
    private static final int RECORDS = 2000;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(4)
            .build());

    @TempDir
    private static Path folder;

    @Test
    void theGraphLearnsTheSameAtEveryParallelismAndCheckpointInterval() throws Exception {
        Result one = run(1, "1 h", 0);
        Result four = run(4, "100 ms", 4000);
        assertThat(one.hashes).hasSizeGreaterThan(MODELS * 8);
        assertThat(four.hashes).isEqualTo(one.hashes);
        assertThat(one.rejected).hasSize(RECORDS / 100);
        assertThat(four.rejected).containsExactlyInAnyOrderElementsOf(one.rejected);
    }

    private record Result(Map<String, String> hashes, List<String> rejected) {}

    private Result run(int parallelism, String checkpointInterval, double recordsPerSecond) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(parallelism);
        JobSettings settings = JobSettings.from(new TreeMap<>(Map.of(
                "model.groups", "3",
                "model.group-size", "4",
                "model.batch", "8",
                "init.warm-up", "40",
                "encoder.lambda", "0.5",
                "snapshot.every", "5",
                "checkpoint.interval", checkpointInterval,
                "flink.execution.checkpointing.dir", folder.toUri().toString(),
                "codes.emit", "all")));
        CollectingSink dictionaries = new CollectingSink("dictionaries");
        CollectingSink rejected = new CollectingSink("rejected");
        CollectingSink codes = new CollectingSink("codes");
        GeneratorFunction<Long, RawRecord> generator = WorkflowTest::record;
        DataGeneratorSource<RawRecord> source = new DataGeneratorSource<>(
                generator,
                RECORDS,
                recordsPerSecond == 0 ? RateLimiterStrategy.noOp() : RateLimiterStrategy.perSecond(recordsPerSecond),
                RecordTypeInfo.RAW);
        Sinks sinks = new Sinks(
                dictionaries,
                new CollectingSink("silhouettes"),
                new CollectingSink("activity"),
                Optional.of(codes),
                rejected);
        SilhouettesJob.defineWorkflow(env, source, sinks, settings);
        env.execute("test");
        Map<String, String> hashes = new TreeMap<>();
        for (WireRecord record : dictionaries.records()) {
            hashes.put(
                    record.headers().text(Headers.MODEL) + " at "
                            + record.headers().text(Headers.VERSION),
                    record.headers().text(Headers.SHA256));
        }
        return new Result(
                hashes,
                rejected.records().stream()
                        .map(record -> record.headers().text(Headers.OFFSET))
                        .toList());
    }

    private static RawRecord record(long n) {
        // each of four source subtasks reads the images of whole models, in order, as from partitions
        String model = "model-" + n / (RECORDS / MODELS);
        // every hundredth record is none
        return n % 100 == 99 ? TestImages.raw(model, (int) n, Headers.WIDTH, "7") : TestImages.raw(model, (int) n);
    }
}
