package org.silhouettes.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.job.SilhouettesJob;

/**
 * The row in which a job is cancelled and submitted again to one session cluster, from a jar whose classes get a new
 * loader each time, while ND4J comes from the cluster's own class path: memory and threads of the TaskManager stay
 * where they are.
 */
final class Resubmissions {

    /** Submissions that a JVM warms up in: code caches, pools, RocksDB's and OpenBLAS's arenas. */
    private static final int SETTLING = 5;

    /** Loader of a job's classes: what a job that is gone leaves behind is reachable through one of these. */
    private static final String JOB_LOADER = "org.apache.flink.util.ChildFirstClassLoader";

    /** The running job's; one that the JDK's method handles have seen last, and one that a thread was started under. */
    private static final long LOADERS = 3;

    private static final double MEMORY_SLACK = 1.15;
    private static final double THREAD_SLACK = 1.10;

    private final FaultLab lab;

    Resubmissions(FaultLab lab) {
        this.lab = lab;
    }

    FaultRow submittedAgain(int times) throws Exception {
        Path jar = JobJar.write(lab.folder().resolve("job.jar"), SilhouettesJob.class, Dictionary.class);
        List<Long> memory = new ArrayList<>();
        List<Long> compiled = new ArrayList<>();
        List<Long> threads = new ArrayList<>();
        List<Long> loaders = new ArrayList<>();
        ChildJvm taskManager = lab.flink().taskManager();
        try (FaultRun run = lab.run(RunSettings.plain("resubmission").withJar(jar))) {
            for (int again = 0; again < times; again++) {
                CompletableFuture<Void> sending = run.sendUpTo((again + 1.0) / (times + 1), Duration.ofMillis(500));
                lab.flink().awaitCheckpoints(run.job(), 2);
                Feed.await(sending);
                // after a full collection: what is garbage is no leak
                loaders.add(taskManager.liveObjects(JOB_LOADER));
                memory.add(taskManager.residentBytes());
                compiled.add(taskManager.compiledBytes());
                threads.add(taskManager.threads());
                run.cancelAndResubmit();
            }
            long memoryThen = settled(memory);
            long memoryNow = last(memory);
            long threadsThen = settled(threads);
            long threadsNow = last(threads);
            long loadersNow = loaders.get(times - 1);
            System.out.println("resubmissions: RSS " + memory + ", compiled code " + compiled + ", threads " + threads
                    + ", job loaders " + loaders);
            boolean flat = memoryNow < memoryThen * MEMORY_SLACK
                    && threadsNow < threadsThen * THREAD_SLACK
                    && loadersNow <= LOADERS;
            return run.row(
                    "submitted again to one session cluster",
                    times,
                    flat,
                    String.format(
                            Locale.ROOT,
                            "from a retained checkpoint each time; TaskManager's RSS %d → %d MB (JIT-compiled code %d → %d),"
                                    + " threads %d → %d, job class"
                                    + " loaders left %d",
                            memoryThen >> 20,
                            memoryNow >> 20,
                            settled(compiled) >> 20,
                            last(compiled) >> 20,
                            threadsThen,
                            threadsNow,
                            loadersNow));
        }
    }

    private static long settled(List<Long> values) {
        return median(values.subList(SETTLING, 2 * SETTLING));
    }

    private static long last(List<Long> values) {
        return median(values.subList(values.size() - SETTLING, values.size()));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
