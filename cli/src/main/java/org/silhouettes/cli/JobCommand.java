package org.silhouettes.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.job.KafkaWorkflow;
import org.silhouettes.job.SilhouettesJob;
import org.silhouettes.job.learn.CodesEmit;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.kafka.ClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The job against an outside Kafka, in a Flink of its own. */
@Command(
        name = "job",
        description = "Runs the learning job against a running Kafka, in an embedded Flink in this process, until"
                + " Ctrl-C. With --print-submit, shows how to run it on a Flink cluster instead.")
final class JobCommand implements Callable<Integer> {

    private static final String RESTORE_KEY = "execution.state-recovery.path";
    private static final String RESTORE = "flink." + RESTORE_KEY;

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaMixin kafka;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "1",
            description = "Partitions of the images topic if it has to be created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--restore",
            paramLabel = "PATH",
            description =
                    "Restore from this savepoint or checkpoint, a path or URI (default: start from the beginning of the stream).")
    private String restore;

    @Option(names = "--print-submit", description = "Print how to submit the job to a Flink cluster, and end.")
    private boolean printSubmit;

    @Mixin
    private FlinkMixin flinkOptions;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        flinkOptions.check();
        PrintWriter err = spec.commandLine().getErr();
        Map<String, String> further =
                restore == null ? Map.of() : Map.of(RESTORE, RestorePath.uri("--restore", restore));
        JobSettings settings = kafka.settings(job, further, err);
        if (printSubmit) {
            printSubmit(settings, out);
            return 0;
        }
        KafkaMixin.warn(settings.kafka().clients(), err);
        return CtrlC.endsCleanly(out, () -> {
            Workspace.use(flinkOptions.dataFolder(), workspace -> run(workspace, settings, out));
            return 0;
        });
    }

    private void run(Workspace workspace, JobSettings settings, PrintWriter out) throws Exception {
        List<TopicPolicy> policies = UsageException.orUsage(
                () -> LocalJob.policies(settings.kafka().topics(), TopicPolicy.all(partitions, TopicPolicy.HISTORY)));
        ClientConfig clients = settings.kafka().clients();
        boolean codes = settings.learning().reports().codes() != CodesEmit.NONE;
        // a topic that is not written needs no permission
        List<TopicPolicy> needed = policies.stream()
                .filter(policy -> codes
                        || !policy.topic().equals(settings.kafka().topics().codes()))
                .toList();
        KafkaMixin.createMissing(clients, needed).forEach(created -> out.println("created topic " + created));
        KafkaPermissions.requireForJob(settings.kafka(), codes);
        PrintWriter err = spec.commandLine().getErr();
        KafkaWorkflow.output(settings).check(clients).forEach(warning -> err.println("warning: " + warning));
        err.flush();
        try (EmbeddedFlink flink = EmbeddedFlink.start(flinkOptions.flink(workspace))) {
            JobID running = LocalJob.start(flink, settings, Optional.empty());
            out.println(
                    "learning from topic " + settings.kafka().topics().images() + " at " + clients.bootstrapServers());
            out.println("Flink's own page: " + flink.uri());
            out.println("Ctrl-C ends the job.");
            out.flush();
            flinkOptions.monitor(flink, running, err).follow();
        }
    }

    private void printSubmit(JobSettings settings, PrintWriter out) {
        out.println("# once, and after every change of the sources: mvn -Pcluster -DskipTests package");
        out.println("# ND4J belongs into the lib/ of every process of the cluster, not into the job's jar, see");
        out.println("# conf/flink/config.yaml: cp flink-job/target/cluster/lib/*.jar $FLINK_HOME/lib/");
        List<String> lines = new ArrayList<>();
        lines.add("flink run --detached");
        lines.add("--parallelism " + flinkOptions.slots());
        if (settings.flink().containsKey(RESTORE_KEY)) {
            lines.add("--fromSavepoint " + ShellWord.of(settings.flink().get(RESTORE_KEY)));
        }
        lines.add("--class " + SilhouettesJob.class.getName());
        lines.add("flink-job/target/cluster/job/silhouettes-job.jar");
        lines.addAll(job.arguments());
        ClientConfig clients = settings.kafka().clients();
        lines.add("-Dkafka.bootstrap-servers=" + ShellWord.of(clients.bootstrapServers()));
        // the path alone: each process of the cluster reads the file itself
        clients.file().ifPresent(path -> lines.add("-Dkafka.config=" + ShellWord.of(path.toString())));
        out.println(String.join(" \\\n  ", lines));
        out.flush();
    }
}
