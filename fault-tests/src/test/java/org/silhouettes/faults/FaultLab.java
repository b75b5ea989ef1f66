package org.silhouettes.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A broker and a Flink cluster of processes, one small stream of images, and the outcome of the fault-free run that the
 * rows of the table are held against.
 */
final class FaultLab implements AutoCloseable {

    /** Four models in two partitions, 40 mini-batches each. */
    static final ImageStream STREAM = new ImageStream(4, 700, 8, 2, 7);

    private final Path folder;
    private final BrokerProcess broker;
    private final FlinkProcesses flink;
    private Outcome faultFree;

    /** Starts all processes and makes the fault-free run. */
    FaultLab(Path folder) throws Exception {
        this.folder = folder;
        broker = new BrokerProcess(Files.createDirectories(folder.resolve("broker")));
        flink = new FlinkProcesses(Files.createDirectories(folder.resolve("flink")), 2, 256, Map.of());
        try {
            broker.awaitReady();
            flink.awaitReady();
            try (FaultRun run = run("fault-free")) {
                faultFree = run.faultFreeOutcome();
            }
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** Starts the job on topics of its own. */
    FaultRun run(String name) {
        return run(RunSettings.plain(name));
    }

    FaultRun run(RunSettings settings) {
        return new FaultRun(this, flink, settings);
    }

    /** The same on another cluster. */
    FaultRun run(RunSettings settings, FlinkProcesses cluster) {
        return new FaultRun(this, cluster, settings);
    }

    Path folder() {
        return folder;
    }

    BrokerProcess broker() {
        return broker;
    }

    FlinkProcesses flink() {
        return flink;
    }

    Outcome faultFree() {
        return faultFree;
    }

    @Override
    public void close() {
        flink.close();
        broker.close();
    }
}
