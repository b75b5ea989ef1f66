package org.silhouettes.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.silhouettes.embedded.kafka.EmbeddedKafka;

/** A Kafka broker in a process of its own, which comes back on the same port and logs after it was killed. */
final class BrokerProcess implements AutoCloseable {

    private final Path folder;
    private final List<String> options;
    private final int port = RestartPorts.free();
    private ChildJvm process;

    /** Starts a small broker that starts quickly; its log and data go to the folder. */
    BrokerProcess(Path folder) {
        this(folder, List.of("-Xmx384m", "-XX:TieredStopAtLevel=1"));
    }

    /** Starts a broker with these JVM options. */
    BrokerProcess(Path folder, List<String> options) {
        this.folder = folder;
        this.options = new ArrayList<>(options);
        this.options.add("-Djava.io.tmpdir=" + folder);
        launch();
    }

    /** Starts the process, again on the same data after a kill; {@link #awaitReady} waits for the broker. */
    void launch() {
        process = ChildJvm.start(
                "broker",
                folder,
                Broker.class,
                options,
                List.of(Integer.toString(port), folder.resolve("kafka").toString()));
    }

    void awaitReady() {
        Await.until("broker answers", FlinkProcesses.PATIENCE, process::logTail, () -> {
            process.mustLive();
            return answers();
        });
    }

    private boolean answers() {
        try (var admin = RowTopics.admin(bootstrapServers())) {
            return !RowTopics.get(admin.describeCluster().nodes()).isEmpty();
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void kill() {
        process.kill();
    }

    Process pause(Duration time) {
        return process.pause(time);
    }

    String logTail() {
        return process.logTail();
    }

    @Override
    public void close() {
        process.kill();
    }

    /** The process's main class: port and data folder are its arguments. */
    public static final class Broker {
        public static void main(String[] args) throws InterruptedException {
            EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafka.Settings.defaults()
                    .withPort(Integer.parseInt(args[0]))
                    .withDataFolder(Path.of(args[1]))
                    // transactions end when their time is over, not up to ten seconds later
                    .withOverrides(Map.of("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200")));
            System.out.println("broker at " + kafka.bootstrapServers());
            new CountDownLatch(1).await();
        }
    }
}
