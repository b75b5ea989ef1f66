package org.silhouettes.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain;

/** The ZooKeeper that a highly available JobManager keeps its job graphs and newest checkpoints in. */
final class ZooKeeperProcess implements AutoCloseable {

    private final int port = RestartPorts.free();
    private final ChildJvm process;
    private final Path folder;

    ZooKeeperProcess(Path folder) {
        this.folder = folder;
        Path configuration = folder.resolve("zoo.cfg");
        try {
            Files.write(
                    configuration,
                    List.of(
                            "dataDir=" + folder.resolve("zookeeper"),
                            "clientPortAddress=127.0.0.1",
                            "clientPort=" + port,
                            "tickTime=1000",
                            "admin.enableServer=false"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = ChildJvm.start(
                "zookeeper",
                folder,
                ZooKeeperServerMain.class,
                List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
                List.of(configuration.toString()));
    }

    /** Options that make a cluster take it. */
    Map<String, String> options() {
        return Map.of(
                "high-availability.type", "zookeeper",
                "high-availability.zookeeper.quorum", "127.0.0.1:" + port,
                "high-availability.zookeeper.client.session-timeout", "4000",
                "high-availability.storageDir", folder.resolve("ha").toUri().toString(),
                "high-availability.cluster-id", "/faults");
    }

    @Override
    public void close() {
        process.kill();
    }
}
