package org.silhouettes.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.job.options.JobSettings;

/**
 * What a checkpoint and a recovery cost, and how much memory is taken, with 1 to 2,000 models of 784 x 64 in one task
 * whose images come round-robin, the worst order for a cache of models: printed, and written next to the fault table.
 */
@Tag("faults")
@Timeout(1800)
class ModelsBenchmarkIT {

    private static final String NAME = "models";
    private static final int SIDE = 28;
    private static final int[] MODELS = {1, 100, 1000, 2000};
    /** A warm-up of 16, the first update with the same, and half a mini-batch: a model's start. */
    private static final int IMAGES_OF_START = 24;
    /** Two mini-batches more, of a model that is there, and what is left flushed. */
    private static final int IMAGES_PER_MODEL = IMAGES_OF_START + 32;
    /** One model gets as many images as a hundred, so that there is something to measure. */
    private static final int TIMES_ALONE = 100;
    /** Round-robin through 1,000 models evicts as it does through 2,000: memory must not know the difference. */
    private static final double MEMORY_SLACK = 1.15;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    /**
     * One line of the benchmark.
     *
     * @param startPerSecond images end to end while models start, from the first one sent to the checkpoint that holds
     *     the last one
     * @param imagesPerSecond images end to end after that, likewise
     * @param stateBytes of the largest checkpoint, all files it needs
     * @param writtenBytes the most that one checkpoint wrote anew
     * @param checkpointMillis median duration of a checkpoint, end to end
     * @param longestCheckpointMillis the longest one's
     * @param recoverySeconds from the TaskManager's kill until all tasks run with their state
     * @param residentBytes of the TaskManager, before the kill
     */
    record Line(
            int models,
            long images,
            double startPerSecond,
            double imagesPerSecond,
            long stateBytes,
            long writtenBytes,
            long checkpointMillis,
            long longestCheckpointMillis,
            double recoverySeconds,
            long residentBytes) {}

    @Test
    void memoryStaysBoundedWhateverTheNumberOfModels() throws Exception {
        List<Line> lines = new ArrayList<>();
        try (BrokerProcess broker = new BrokerProcess(Files.createDirectories(folder.resolve("broker")));
                FlinkProcesses flink = new FlinkProcesses(
                        Files.createDirectories(folder.resolve("flink")),
                        1,
                        768,
                        Map.of("taskmanager.memory.managed.size", "256mb"))) {
            broker.awaitReady();
            flink.awaitReady();
            for (int models : MODELS) {
                lines.add(measure(broker, flink, models));
            }
        }
        print(lines);
        Path report = Path.of(System.getProperty("faults.report", "target/faults.json"));
        Files.createDirectories(report.toAbsolutePath().getParent());
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(report.resolveSibling("faults-models.json").toFile(), lines);
        long at1000 = lines.get(MODELS.length - 2).residentBytes();
        long at2000 = lines.get(MODELS.length - 1).residentBytes();
        assertThat(at2000).isLessThan((long) (at1000 * MEMORY_SLACK));
        assertThat(lines.get(MODELS.length - 1).stateBytes())
                .as("all models are in the checkpoint: two moments and a dictionary each")
                .isGreaterThan(2000L * 3 * SIDE * SIDE * 64 * Float.BYTES / 2);
    }

    private static Line measure(BrokerProcess broker, FlinkProcesses flink, int models) {
        String servers = broker.bootstrapServers();
        RowTopics topics = new RowTopics(NAME + models, 1);
        topics.create(servers);
        int times = models == 1 ? TIMES_ALONE : 1;
        ImageStream stream = new ImageStream(models, times * IMAGES_PER_MODEL, SIDE, 1, 5);
        int ofStart = times * models * IMAGES_OF_START;
        JobID job = flink.submit(graph(topics, servers));
        flink.awaitRunning(job);
        double startPerSecond;
        double imagesPerSecond;
        try (Feed feed = new Feed(servers, stream.records(topics.images()))) {
            startPerSecond = rate(feed, ofStart, flink, topics, servers);
            imagesPerSecond = rate(feed, stream.size() - ofStart, flink, topics, servers);
        }
        long resident = flink.taskManager().residentBytes();
        long state = 0;
        long written = 0;
        List<Long> durations = new ArrayList<>();
        for (JsonNode checkpoint : flink.get("/jobs/" + job + "/checkpoints").get("history")) {
            if (checkpoint.get("status").asText().equals("COMPLETED")) {
                state = Math.max(state, checkpoint.get("state_size").asLong());
                written = Math.max(written, checkpoint.get("checkpointed_size").asLong());
                durations.add(checkpoint.get("end_to_end_duration").asLong());
            }
        }
        long killed = System.nanoTime();
        long restartedBefore = flink.lastRestartMillis(job);
        flink.taskManager().kill();
        flink.launchTaskManager();
        Await.until(
                "restart with " + models + " models",
                FlinkProcesses.PATIENCE.multipliedBy(2),
                flink::logs,
                () -> flink.lastRestartMillis(job) > restartedBefore && flink.allRunning(job));
        double recovery = (System.nanoTime() - killed) / 1e9;
        flink.cancel(job);
        return new Line(
                models,
                stream.size(),
                startPerSecond,
                imagesPerSecond,
                state,
                written,
                durations.stream().sorted().toList().get(durations.size() / 2),
                Collections.max(durations),
                recovery,
                resident);
    }

    /** Sends the given number of images at once; returns the images per second until a checkpoint holds them. */
    private static double rate(Feed feed, int more, FlinkProcesses flink, RowTopics topics, String servers) {
        long started = System.nanoTime();
        int end = feed.sent() + more;
        Feed.await(feed.sendUpTo(end, Duration.ofMillis(1)));
        Await.until(
                end + " images of " + topics.row() + " are in a checkpoint",
                FlinkProcesses.PATIENCE.multipliedBy(6),
                flink::logs,
                () -> committed(topics, servers) == end);
        return more / ((System.nanoTime() - started) / 1e9);
    }

    private static JobGraph graph(RowTopics topics, String servers) {
        Map<String, String> options = new TreeMap<>(Map.ofEntries(
                Map.entry("model.groups", "8"),
                Map.entry("model.group-size", "8"),
                Map.entry("model.batch", "16"),
                Map.entry("init.method", "data"),
                Map.entry("init.warm-up", "16"),
                Map.entry("encoder.lambda", "0.5"),
                Map.entry("checkpoint.interval", "2 s"),
                Map.entry("kafka.bootstrap-servers", servers),
                Map.entry("kafka.group-id", topics.row()),
                Map.entry("kafka.transactional-id-prefix", topics.row()),
                Map.entry("topics.images", topics.images())));
        topics.out().forEach((kind, topic) -> options.put("topics." + kind, topic));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(1);
        KafkaWorkflow.build(env, JobSettings.from(options), Optional.empty());
        return env.getStreamGraph().getJobGraph();
    }

    /** Offset up to which the images are in a completed checkpoint. */
    private static long committed(RowTopics topics, String servers) {
        try (Admin admin = RowTopics.admin(servers)) {
            OffsetAndMetadata offset = RowTopics.get(
                            admin.listConsumerGroupOffsets(topics.row()).partitionsToOffsetAndMetadata())
                    .get(new TopicPartition(topics.images(), 0));
            return offset == null ? 0 : offset.offset();
        }
    }

    private static void print(List<Line> lines) {
        System.out.println(
                "| models | images | images/s, starting | images/s | checkpoint, MB | written at once, MB | checkpoint, ms | longest |"
                        + " recovery, s | RSS, MB |\n|---|---|---|---|---|---|---|---|---|---|");
        for (Line line : lines) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "| %d | %d | %.0f | %.0f | %.1f | %.1f | %d | %d | %.1f | %d |",
                    line.models(),
                    line.images(),
                    line.startPerSecond(),
                    line.imagesPerSecond(),
                    line.stateBytes() / 1e6,
                    line.writtenBytes() / 1e6,
                    line.checkpointMillis(),
                    line.longestCheckpointMillis(),
                    line.recoverySeconds(),
                    line.residentBytes() >> 20));
        }
    }
}
