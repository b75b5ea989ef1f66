package org.silhouettes.embedded;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.silhouettes.embedded.kafka.Folders;
import org.silhouettes.embedded.kafka.Ports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink cluster in this JVM. All its ports are on the loopback address; {@link org.silhouettes.job.rest.RestGuardFactory}
 * keeps other sites' pages from its REST endpoint. Jobs are defined on {@link
 * #environment} and started by {@link #submit}. Closing it ends all jobs and removes its data folder unless one was given.
 */
public final class EmbeddedFlink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedFlink.class);
    private static final Duration SHUTDOWN = Duration.ofSeconds(10);

    private final Settings settings;
    private final Path dataFolder;
    private final Configuration configuration;
    private final MiniCluster cluster;

    /**
     * How the cluster is set up.
     *
     * @param port port of the web page, 0 for a free one
     * @param slots how many parallel subtasks run at once, at least 1
     * @param dataFolder for checkpoints, savepoints and temporary files; temporary itself if empty
     * @param prometheusPort port at which Prometheus finds the metrics, if they are wanted
     * @param overrides Flink options that replace or complete ours
     */
    public record Settings(
            int port,
            int slots,
            Optional<Path> dataFolder,
            Optional<Integer> prometheusPort,
            Map<String, String> overrides) {

        public Settings {
            Ports.requireValid("Flink's port", port);
            prometheusPort.ifPresent(value -> Ports.requireValid("Prometheus' port", value));
            if (slots < 1) {
                throw new IllegalArgumentException("Flink needs at least 1 slot, not " + slots);
            }
            overrides = Map.copyOf(overrides);
        }

        /** A free port, one slot, a temporary folder, no Prometheus. */
        public static Settings defaults() {
            return new Settings(0, 1, Optional.empty(), Optional.empty(), Map.of());
        }

        public Settings withPort(int newPort) {
            return new Settings(newPort, slots, dataFolder, prometheusPort, overrides);
        }

        public Settings withSlots(int newSlots) {
            return new Settings(port, newSlots, dataFolder, prometheusPort, overrides);
        }

        public Settings withDataFolder(Path folder) {
            return new Settings(port, slots, Optional.of(folder), prometheusPort, overrides);
        }

        public Settings withPrometheusPort(int newPort) {
            return new Settings(port, slots, dataFolder, Optional.of(newPort), overrides);
        }

        public Settings withOverrides(Map<String, String> newOverrides) {
            return new Settings(port, slots, dataFolder, prometheusPort, newOverrides);
        }
    }

    private EmbeddedFlink(Settings settings, Path dataFolder) {
        this.settings = settings;
        this.dataFolder = dataFolder;
        this.configuration = configuration(settings, dataFolder.toAbsolutePath());
        this.cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(settings.slots())
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    }

    /**
     * Starts a cluster; takes 2–4 s.
     *
     * @throws IllegalStateException if a given port is taken or the cluster does not start
     */
    public static EmbeddedFlink start(Settings settings) {
        Ports.requireFree("Flink (--flink-port)", settings.port());
        settings.prometheusPort().ifPresent(port -> Ports.requireFree("Prometheus (--prometheus-port)", port));
        EmbeddedFlink flink = new EmbeddedFlink(
                settings, settings.dataFolder().orElseGet(() -> Folders.temporary("silhouettes-flink-")));
        try {
            flink.cluster.start();
            return flink;
        } catch (Exception e) {
            flink.close();
            throw new IllegalStateException("Flink did not start: " + e.getMessage(), e);
        }
    }

    private static Configuration configuration(Settings settings, Path folder) {
        Configuration flink = new Configuration();
        flink.set(RestOptions.ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        flink.set(RestOptions.BIND_PORT, Integer.toString(settings.port()));
        // BlobServer, RPC and data ports would bind to all interfaces
        flink.set(JobManagerOptions.ADDRESS, "127.0.0.1");
        flink.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
        flink.set(TaskManagerOptions.HOST, "127.0.0.1");
        flink.set(TaskManagerOptions.BIND_HOST, "127.0.0.1");
        // the default is every origin; RestGuard refuses foreign ones, this name never resolves
        flink.set(WebOptions.ACCESS_CONTROL_ALLOW_ORIGIN, "http://flink.invalid");
        // a foreign page must not submit code
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        // the default leaves folder flink-web-upload in the machine's temporary folder
        flink.set(WebOptions.TMP_DIR, folder.resolve("web").toString());
        flink.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
        flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        flink.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY,
                folder.resolve("savepoints").toUri().toString());
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(128));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        // avoids false TaskManager timeouts when the machine sleeps or is overloaded
        flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(5));
        settings.prometheusPort().ifPresent(port -> {
            flink.setString("metrics.reporter.prometheus.factory.class", LoopbackPrometheusFactory.class.getName());
            flink.setString("metrics.reporter.prometheus.port", Integer.toString(port));
        });
        settings.overrides().forEach(flink::setString);
        return flink;
    }

    /** Where the web page is. */
    public URI uri() {
        try {
            return cluster.getRestAddress().get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Flink's web page is not up: " + e.getMessage(), e);
        }
    }

    public Path dataFolder() {
        return dataFolder;
    }

    /** A new environment to define one job on, with the cluster's options as defaults. */
    public StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(settings.slots());
        return env;
    }

    /**
     * Starts what was defined on the environment and returns at once.
     *
     * @throws IllegalStateException if the cluster refuses the job
     */
    public JobID submit(StreamExecutionEnvironment env, String name) {
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        try {
            return cluster.submitJob(graph.getJobGraph()).get().getJobID();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Flink refused job \"" + name + "\": " + e.getCause().getMessage(), e);
        }
    }

    /** State of a job at this moment. */
    public JobStatus status(JobID job) {
        try {
            return cluster.getJobStatus(job).get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Flink does not know job " + job, e);
        }
    }

    /** A job's execution graph at this moment: its tasks, its last failure, its checkpoints. */
    AccessExecutionGraph executionGraph(JobID job) {
        try {
            return cluster.getArchivedExecutionGraph(job).get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Flink does not know job " + job, e);
        }
    }

    /** The job's end, for those who want to wait for it in their own way. */
    public CompletableFuture<JobResult> result(JobID job) {
        return cluster.requestJobResult(job);
    }

    /** Cancels a job; output since its last checkpoint is never seen. */
    public void cancel(JobID job) {
        try {
            cluster.cancelJob(job).get();
            cluster.requestJobResult(job).get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("job {} did not end in time", job, e);
        }
    }

    /** Ends all jobs and the cluster; waits at most 10 s. */
    @Override
    public void close() {
        // an interrupt must not prevent the shutdown
        boolean interrupted = Thread.interrupted();
        try {
            cluster.closeAsync().get(SHUTDOWN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Flink did not end cleanly", e);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (settings.dataFolder().isEmpty()) {
            Folders.delete(dataFolder);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for Flink", e);
    }
}
