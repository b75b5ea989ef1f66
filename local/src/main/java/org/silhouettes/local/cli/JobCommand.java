package org.silhouettes.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.silhouettes.job.JobSettings;
import org.silhouettes.job.SilhouettesJob;
import org.silhouettes.local.EmbeddedFlink;
import org.silhouettes.local.LocalJob;
import org.silhouettes.local.TopicPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The job against an outside Kafka, in a Flink of its own. */
@Command(
        name = "job",
        description =
                "Runs the learning job against a Kafka that is running, in a Flink of its own in this process, until"
                        + " Ctrl-C. With --print-submit, shows how to run it on a Flink cluster instead.")
final class JobCommand implements Callable<Integer> {

    private static final String RESTORE = "flink.execution.state-recovery.path";

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaMixin kafka;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of the images topic, where it has to be created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--restore",
            paramLabel = "PATH",
            description = "Go on from this savepoint or checkpoint (default: start with the stream).")
    private Path restore;

    @Option(names = "--print-submit", description = "Print how to submit the job to a Flink cluster, and end.")
    private boolean printSubmit;

    @Mixin
    private FlinkMixin flinkOptions;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> values =
                new HashMap<>(job.values(Map.of("kafka.bootstrap-servers", kafka.bootstrapServers())));
        if (restore != null) {
            values.put(RESTORE, restore.toAbsolutePath().toUri().toString());
        }
        JobSettings settings = UsageException.orUsage(() -> LocalJob.settings(values, kafka.bootstrapServers()));
        if (printSubmit) {
            printSubmit(out);
            return 0;
        }
        return CtrlC.endsCleanly(out, () -> {
            Workspace.use(flinkOptions.dataFolder(), workspace -> run(workspace, settings, out));
            return 0;
        });
    }

    private void run(Workspace workspace, JobSettings settings, PrintWriter out) throws Exception {
        List<TopicPolicy> policies = UsageException.orUsage(
                () -> LocalJob.policies(settings.kafka().topics(), TopicPolicy.all(partitions, TopicPolicy.HISTORY)));
        kafka.createMissing(policies).forEach(created -> out.println("created topic " + created));
        try (EmbeddedFlink flink = EmbeddedFlink.start(flinkOptions.flink(workspace))) {
            JobID running = LocalJob.start(flink, settings, Optional.empty());
            out.println(
                    "learning from topic " + settings.kafka().topics().images() + " at " + kafka.bootstrapServers());
            out.println("Flink's own page: " + flink.uri());
            out.println("Ctrl-C ends the job.");
            out.flush();
            watch(flink, running);
        }
    }

    /** Waits until Ctrl-C interrupts it, or until the job fails for good. */
    private static void watch(EmbeddedFlink flink, JobID running) throws InterruptedException {
        while (!flink.status(running).isGloballyTerminalState()) {
            TimeUnit.SECONDS.sleep(1);
        }
        throw LocalJob.failure(flink, running);
    }

    private void printSubmit(PrintWriter out) {
        out.println("# once, and after every change of the sources: mvn -Pcluster -DskipTests package");
        out.println("# ND4J belongs into the lib/ of every process of the cluster, not into the job's jar, see");
        out.println("# conf/flink/config.yaml: cp flink-job/target/cluster/lib/*.jar $FLINK_HOME/lib/");
        out.println("flink run --detached \\");
        out.println("  --class " + SilhouettesJob.class.getName() + " \\");
        out.println("  flink-job/target/cluster/job/silhouettes-job.jar \\");
        out.println("  --conf conf/silhouettes.yaml -Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
        out.flush();
    }
}
