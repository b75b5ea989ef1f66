package org.silhouettes.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A Flink session cluster of processes of its own: one JobManager and one TaskManager from this JVM's class path, on
 * the loopback address, with RocksDB, incremental checkpoints on disk that outlive their job, and heartbeats fast
 * enough that a loss is seen within seconds.
 *
 * <pre>
 *   this JVM ──REST──► JobManager ◄──RPC──► TaskManager
 *                          │                    │
 *                          └──► checkpoints/ ◄──┘
 * </pre>
 */
final class FlinkProcesses implements AutoCloseable {

    /** Longest wait for a process to start or a job to come back; the machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(150);

    /** Silence after which a process takes the other for lost. */
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_RELAUNCHES = 5;

    private final Path folder;
    private final Path checkpoints;
    private final int restPort = RestartPorts.free();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper json = new ObjectMapper();
    private final int taskHeapMegabytes;
    private int relaunches;
    private ChildJvm jobManager;
    private ChildJvm taskManager;

    /**
     * Starts a cluster's processes; {@link #awaitReady} waits for them.
     *
     * @param folder for logs, configuration, checkpoints and scratch space
     * @param slots of the TaskManager
     * @param taskHeapMegabytes heap of the TaskManager's tasks
     * @param options of Flink, which override the ones set here
     */
    FlinkProcesses(Path folder, int slots, int taskHeapMegabytes, Map<String, String> options) {
        this.folder = folder;
        this.checkpoints = folder.resolve("checkpoints");
        this.taskHeapMegabytes = taskHeapMegabytes;
        try {
            Files.createDirectories(checkpoints);
            Files.createDirectories(folder.resolve("scratch"));
            Map<String, String> all = defaults(slots);
            all.putAll(options);
            List<String> lines = new ArrayList<>();
            all.forEach((key, value) -> lines.add(key + ": \"" + value + "\""));
            Files.write(folder.resolve("config.yaml"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        launchJobManager();
        launchTaskManager();
    }

    private Map<String, String> defaults(int slots) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("jobmanager.rpc.address", "127.0.0.1");
        options.put("jobmanager.bind-host", "127.0.0.1");
        options.put("jobmanager.rpc.port", Integer.toString(RestartPorts.free()));
        options.put("rest.address", "127.0.0.1");
        options.put("rest.bind-address", "127.0.0.1");
        options.put("rest.port", Integer.toString(restPort));
        options.put("taskmanager.host", "127.0.0.1");
        options.put("taskmanager.bind-host", "127.0.0.1");
        options.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        options.put("taskmanager.cpu.cores", Integer.toString(slots));
        options.put("taskmanager.memory.framework.heap.size", "64mb");
        options.put("taskmanager.memory.task.heap.size", taskHeapMegabytes + "mb");
        options.put("taskmanager.memory.framework.off-heap.size", "128mb");
        options.put("taskmanager.memory.task.off-heap.size", "256mb");
        options.put("taskmanager.memory.network.min", "32mb");
        options.put("taskmanager.memory.network.max", "32mb");
        options.put("taskmanager.memory.managed.size", "96mb");
        options.put("taskmanager.memory.jvm-metaspace.size", "256mb");
        options.put("taskmanager.memory.jvm-overhead.min", "192mb");
        options.put("taskmanager.memory.jvm-overhead.max", "192mb");
        options.put("io.tmp.dirs", folder.resolve("scratch").toString());
        options.put("execution.checkpointing.dir", checkpoints.toUri().toString());
        options.put(
                "execution.checkpointing.savepoint-dir",
                folder.resolve("savepoints").toUri().toString());
        options.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        options.put("execution.checkpointing.incremental", "true");
        options.put("execution.checkpointing.tolerable-failed-checkpoints", "1000");
        options.put("classloader.parent-first-patterns.additional", "org.nd4j;org.bytedeco");
        options.put("state.backend.type", "rocksdb");
        options.put("restart-strategy.type", "fixed-delay");
        options.put("restart-strategy.fixed-delay.attempts", "2147483647");
        options.put("restart-strategy.fixed-delay.delay", "200 ms");
        // a query of metrics that a killed TaskManager never answers blocks the next one for this long; by default 10
        // minutes
        options.put("web.timeout", "20 s");
        // checkpoints and states are read as they are now, not from a cache of 3 s
        options.put("web.refresh-interval", "1 ms");
        options.put("heartbeat.interval", "500 ms");
        // a TaskManager that is gone is noticed by its closed connection; a JobManager that is back at its old address
        // only by this, which a process on a busy machine must not exceed
        options.put("heartbeat.timeout", HEARTBEAT_TIMEOUT.toSeconds() + " s");
        options.put("taskmanager.slot.timeout", "2 s");
        options.put("pekko.ask.timeout", "60 s");
        // what the REST API answers is at most this old
        options.put("web.refresh-interval", "100");
        options.put("web.submit.enable", "false");
        // all checkpoints of a run, for measurements
        options.put("web.checkpoints.history", "1000");
        return options;
    }

    /** Starts the JobManager's process; {@link #awaitReady} waits for it. */
    void launchJobManager() {
        jobManager = ChildJvm.start(
                "jobmanager",
                folder,
                StandaloneSessionClusterEntrypoint.class,
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", temporary()),
                List.of("--configDir", folder.toString()));
    }

    /** Starts the TaskManager's process, which registers when the JobManager is there. */
    void launchTaskManager() {
        taskManager = ChildJvm.start(
                "taskmanager",
                folder,
                TaskManagerRunner.class,
                List.of(
                        "-Xms" + (taskHeapMegabytes + 64) + "m",
                        "-Xmx" + (taskHeapMegabytes + 64) + "m",
                        temporary(),
                        // the heap is resident from the start: what grows is something else
                        "-XX:+AlwaysPreTouch",
                        "-XX:MaxMetaspaceSize=256m",
                        // a collection drops what is only held softly, as reflection's caches hold classes
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-XX:MaxDirectMemorySize=416m",
                        "-Dorg.bytedeco.javacpp.maxbytes=256m",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"),
                List.of("--configDir", folder.toString()));
    }

    private String temporary() {
        return "-Djava.io.tmpdir=" + folder.resolve("scratch");
    }

    /** Waits until the JobManager answers and has the TaskManager's slots. */
    void awaitReady() {
        Await.until("cluster is ready", PATIENCE, this::logs, () -> {
            relaunchWhatGaveUp();
            return get("/overview").get("slots-total").asInt() > 0;
        });
    }

    /** On a very busy machine Pekko gives up after ten seconds without a bound port; a supervisor starts it again. */
    private void relaunchWhatGaveUp() {
        if (!jobManager.isAlive() && relaunches++ < MAX_RELAUNCHES) {
            launchJobManager();
        }
        if (!taskManager.isAlive() && relaunches++ < MAX_RELAUNCHES) {
            launchTaskManager();
        }
        jobManager.mustLive();
        taskManager.mustLive();
    }

    ChildJvm jobManager() {
        return jobManager;
    }

    ChildJvm taskManager() {
        return taskManager;
    }

    Path checkpoints() {
        return checkpoints;
    }

    /** Submits a job. */
    JobID submit(JobGraph job) {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.PORT, restPort);
        try (RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(configuration, StandaloneClusterId.getInstance())) {
            return client.submitJob(job).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("could not submit " + job.getName() + "\n" + jobManager.logTail(), e);
        }
    }

    /** Cancels a job and waits until it is gone. */
    void cancel(JobID job) {
        send(HttpRequest.newBuilder(uri("/jobs/" + job + "?mode=cancel"))
                .method("PATCH", HttpRequest.BodyPublishers.noBody()));
        Await.until("job is cancelled", PATIENCE, this::logs, () -> state(job).equals("CANCELED"));
    }

    /** The newest completed checkpoint of a job, as the URI that Flink gives it. */
    String newestCheckpointUri(JobID job) {
        return latestCheckpoint(job).get("external_path").asText();
    }

    /**
     * Sets the parallelism of all vertices of a job that the adaptive scheduler runs, and waits until they have it. A vertex
     * whose maximum is lower keeps that.
     */
    void rescale(JobID job, int parallelism) {
        StringBuilder requirements = new StringBuilder();
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            requirements
                    .append(requirements.isEmpty() ? "" : ",")
                    .append("\"" + vertex.get("id").asText() + "\":{\"parallelism\":{\"lowerBound\":1,\"upperBound\":")
                    .append(wanted(vertex, parallelism) + "}}");
        }
        send(HttpRequest.newBuilder(uri("/jobs/" + job + "/resource-requirements"))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{" + requirements + "}")));
        Await.until("all vertices have parallelism " + parallelism, PATIENCE, this::logs, () -> {
            boolean all = allRunning(job);
            for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
                all &= vertex.get("parallelism").asInt() == wanted(vertex, parallelism);
            }
            return all;
        });
    }

    private static int wanted(JsonNode vertex, int parallelism) {
        return Math.min(parallelism, vertex.get("maxParallelism").asInt());
    }

    /** State of a job, as Flink names it. */
    String state(JobID job) {
        return get("/jobs/" + job).get("state").asText();
    }

    /** Waits until all tasks of a job run, which is after they restored their state. */
    void awaitRunning(JobID job) {
        Await.until("all tasks run", PATIENCE, this::logs, () -> allRunning(job));
    }

    boolean allRunning(JobID job) {
        JsonNode details = get("/jobs/" + job);
        boolean all = details.get("state").asText().equals("RUNNING");
        for (JsonNode vertex : details.get("vertices")) {
            all &= vertex.get("status").asText().equals("RUNNING");
        }
        return all;
    }

    /** Checkpoints completed by this submission of a job. */
    long completedCheckpoints(JobID job) {
        return get("/jobs/" + job + "/checkpoints")
                .get("counts")
                .get("completed")
                .asLong();
    }

    /** Checkpoints of this submission of a job that failed. */
    long failedCheckpoints(JobID job) {
        return get("/jobs/" + job + "/checkpoints").get("counts").get("failed").asLong();
    }

    /** Waits for that many more completed checkpoints. */
    void awaitCheckpoints(JobID job, int more) {
        long before = completedCheckpoints(job);
        Await.until(more + " more checkpoints", PATIENCE, this::logs, () -> completedCheckpoints(job) >= before + more);
    }

    /** Makes a checkpoint now and waits until it is complete. */
    void checkpoint(JobID job) {
        long before = completedCheckpoints(job);
        send(HttpRequest.newBuilder(uri("/jobs/" + job + "/checkpoints"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"checkpointType\":\"CONFIGURED\"}")));
        Await.until("checkpoint is made", PATIENCE, this::logs, () -> completedCheckpoints(job) > before);
    }

    /** Sum of a counter over all operators and subtasks of a job. */
    long counter(JobID job, String name) {
        long sum = 0;
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            String metrics = "/jobs/" + job + "/vertices/" + vertex.get("id").asText() + "/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.get("id").asText();
                if (id.endsWith("." + name)) {
                    sum += get(metrics + "?get=" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                            .get(0)
                            .get("value")
                            .asLong();
                }
            }
        }
        return sum;
    }

    /** Whether a line of a process's log holds all of these texts. */
    boolean logged(String... texts) {
        return taskManager.logged(texts) || jobManager.logged(texts);
    }

    /** The newest completed checkpoint as Flink reports it: state_size, end_to_end_duration, external_path. */
    JsonNode latestCheckpoint(JobID job) {
        return get("/jobs/" + job + "/checkpoints").get("latest").get("completed");
    }

    /** When the job was restarted last, in milliseconds of the epoch; 0 where it never was. */
    long lastRestartMillis(JobID job) {
        return get("/jobs/" + job).at("/timestamps/RESTARTING").asLong();
    }

    /** The failures that Flink keeps of a job, with their stack traces. */
    String failures(JobID job) {
        StringBuilder all = new StringBuilder();
        get("/jobs/" + job + "/exceptions")
                .at("/exceptionHistory/entries")
                .forEach(entry -> all.append(entry.get("stacktrace").asText()).append('\n'));
        return all.toString();
    }

    /**
     * The newest complete checkpoint of a job on disk, as an operator finds it when the JobManager that knew is gone:
     * the folder {@code chk-N} with the largest N that holds a {@code _metadata} file, which is written last.
     */
    Path newestCheckpointOnDisk(JobID job) {
        try (var folders = Files.list(checkpoints.resolve(job.toString()))) {
            return folders.filter(path -> path.getFileName().toString().startsWith("chk-"))
                    .filter(path -> Files.exists(path.resolve("_metadata")))
                    .max((a, b) -> Long.compare(number(a), number(b)))
                    .orElseThrow(() -> new IllegalStateException("no checkpoint of job " + job + " on disk"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    /** What the REST API answers. */
    JsonNode get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        response.uri() + " answers " + response.statusCode() + ": " + response.body());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + restPort + path);
    }

    /** The ends of both logs. */
    String logs() {
        return "--- JobManager\n" + jobManager.logTail() + "\n--- TaskManager\n" + taskManager.logTail();
    }

    @Override
    public void close() {
        if (taskManager != null) {
            taskManager.kill();
        }
        if (jobManager != null) {
            jobManager.kill();
        }
    }
}
