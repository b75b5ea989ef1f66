package org.silhouettes.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.dashboards.settings.DashboardTopics;
import org.silhouettes.embedded.kafka.Ports;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.job.options.KafkaSettings;
import org.silhouettes.wire.kafka.ClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The dashboard of an outside Kafka. */
@Command(name = "dashboard", description = "Serves the dashboard for a running Kafka, until Ctrl-C.")
final class DashboardCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaMixin kafka;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7070",
            description = "Port of the page (default: ${DEFAULT-VALUE}); 0 for a free one.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine alone); others need a token.")
    private String bind;

    @Mixin
    private TokenMixin token;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            split = ",",
            description = "Further host names that requests may use, comma-separated.")
    private Set<String> hosts = new LinkedHashSet<>();

    @Option(names = "--flink", paramLabel = "URL", description = "Flink's REST address, for the job's state.")
    private URI flink;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            description = "Consumer group of the job, whose lag is shown (default: the job's option kafka.group-id).")
    private String group;

    @Option(
            names = "--history",
            paramLabel = "MB",
            defaultValue = "64",
            description =
                    "Memory for earlier versions (default: ${DEFAULT-VALUE}); above it, some versions are dropped.")
    private int historyMegabytes;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        JobSettings watched = kafka.settings(job, Map.of(), err);
        ClientConfig clients = watched.kafka().clients();
        DashboardSettings settings = UsageException.orUsage(() -> settings(watched, token.token(System.getenv(), err)));
        KafkaMixin.warn(clients, err);
        Ports.requireFree("the dashboard (--port)", port);
        KafkaMixin.createMissing(clients, List.of());
        return CtrlC.endsCleanly(out, () -> {
            try (Dashboard dashboard = Dashboard.start(settings)) {
                out.println("dashboard of " + clients.bootstrapServers() + ": " + dashboard.uri());
                out.println("Ctrl-C ends it.");
                out.flush();
                // until Ctrl-C interrupts it
                new CountDownLatch(1).await();
                return 0;
            }
        });
    }

    private DashboardSettings settings(JobSettings watched, String shown) {
        ClientConfig clients = watched.kafka().clients();
        DashboardSettings settings = DashboardSettings.of(clients.bootstrapServers())
                .withKafka(KafkaMixin.withoutAddress(clients.source(Map.of())))
                .withPort(port)
                .withBindAddress(bind, shown)
                .withAllowedHosts(hosts)
                .withHistoryBytes((long) historyMegabytes << 20)
                .withTopics(topics(watched))
                .withJobGroup(group == null ? watched.kafka().groupId() : group);
        return flink == null ? settings : settings.withFlinkRest(flink);
    }

    /** The topics that a dashboard of the job reads. */
    static DashboardTopics topics(JobSettings settings) {
        KafkaSettings.TopicNames names = settings.kafka().topics();
        return new DashboardTopics(names.images(), names.dictionaries(), names.activity(), names.rejected());
    }
}
