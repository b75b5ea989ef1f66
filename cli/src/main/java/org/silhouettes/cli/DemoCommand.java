package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.Producer;
import org.silhouettes.dashboards.Dashboard;
import org.silhouettes.dashboards.settings.DashboardSettings;
import org.silhouettes.embedded.EmbeddedFlink;
import org.silhouettes.embedded.JobMonitor;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.embedded.kafka.EmbeddedKafka;
import org.silhouettes.embedded.kafka.Ports;
import org.silhouettes.experiments.run.RunPlan;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Split;
import org.silhouettes.producers.fetch.DataUnavailableException;
import org.silhouettes.producers.replay.BacklogLimit;
import org.silhouettes.producers.replay.ImageProducer;
import org.silhouettes.producers.replay.Labels;
import org.silhouettes.producers.replay.Order;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayReport;
import org.silhouettes.wire.TopicPolicy;
import org.silhouettes.wire.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything in this process, without end. */
@Command(
        name = "demo",
        description = "Runs Kafka, Flink, a stream of images and the dashboard in one process, until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {

    private static final String FALLBACK = "glyphs";
    /** A temporary folder must not fill the disk overnight. */
    private static final Duration TEMPORARY_HISTORY = Duration.ofHours(1);
    /** How far the stream may be ahead of the job, in bytes of images: some seconds of learning at full speed. */
    private static final long MAX_BACKLOG_BYTES = 256L << 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatasetMixin dataset;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Images per second (default: ${DEFAULT-VALUE}); 0 for as fast as the job learns them.")
    private double rate;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "7070",
            description = "Port of the dashboard (default: ${DEFAULT-VALUE}); 0 for a free one.")
    private int port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the embedded Kafka (default: a free one).")
    private int kafkaPort;

    @Mixin
    private FlinkMixin flinkOptions;

    @Option(names = "--model", paramLabel = "NAME", description = "Name of the model (default: the data set's name).")
    private String model;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Order of a pass: ${COMPLETION-CANDIDATES} (default: SHUFFLED, or what a --plan says).")
    private Order order;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the shuffling (default: ${DEFAULT-VALUE}); -Dmodel.seed is the seed of the model.")
    private long seed;

    @Mixin
    private StreamMixin stream;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        flinkOptions.check();
        job.refuse("kafka.bootstrap-servers", "demo starts its own Kafka");
        Map<String, String> values = job.values();
        // refused before anything is started, though Kafka's address and the images are not yet known
        Labels labels = replay("model", Topics.IMAGES).labels();
        UsageException.orUsage(() -> RunPlan.requireLabels(LocalJob.settings(values, "127.0.0.1:0"), labels));
        Ports.requireFree("the dashboard (--port)", port);
        return CtrlC.endsCleanly(out, () -> {
            Workspace.use(flinkOptions.dataFolder(), workspace -> run(workspace, values, out));
            return 0;
        });
    }

    private void run(Workspace workspace, Map<String, String> values, PrintWriter out) throws Exception {
        ImageSource source = source(out);
        Map<String, String> continued = EarlierJob.continued(values, workspace.folder("flink"), out);
        out.println("starting Kafka and Flink…");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(kafkaSettings(workspace));
                EmbeddedFlink flink = EmbeddedFlink.start(flinkOptions.flink(workspace))) {
            JobSettings settings = LocalJob.settings(continued, kafka.bootstrapServers());
            ReplayOptions options =
                    replay(source.name(), settings.kafka().topics().images());
            String name = options.models().get(0);
            LocalJob.createTopics(settings, flinkOptions.slots(), history());
            DashboardSettings page = DashboardSettings.of(kafka.bootstrapServers())
                    .withPort(port)
                    .withTopics(DashboardCommand.topics(settings))
                    .withJobGroup(settings.kafka().groupId())
                    .withFlinkRest(flink.uri());
            try (Dashboard dashboard = Dashboard.start(page);
                    Producer<byte[], byte[]> producer = ImageProducer.connect(kafka.bootstrapServers(), Map.of());
                    Admin admin = Admin.create(
                            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
                JobID running = LocalJob.start(flink, settings, Optional.empty());
                tell(out, source, name, dashboard, flink, kafka);
                BacklogLimit backlog =
                        new BacklogLimit(admin, settings.kafka().groupId(), options.topic(), MAX_BACKLOG_BYTES);
                JobMonitor monitor =
                        flinkOptions.monitor(flink, running, spec.commandLine().getErr());
                stream(new Replay(source, options, producer, Progress.silent()).limit(backlog), monitor);
            }
        }
    }

    private EmbeddedKafka.Settings kafkaSettings(Workspace workspace) {
        return UsageException.orUsage(() -> EmbeddedKafka.Settings.defaults()
                .withPort(kafkaPort)
                .withImagesPartitions(flinkOptions.slots())
                .withDataFolder(workspace.folder("kafka"))
                .withHistory(history()));
    }

    private Duration history() {
        return flinkOptions.dataFolder() == null ? TEMPORARY_HISTORY : TopicPolicy.HISTORY;
    }

    private ImageSource source(PrintWriter out) throws IOException {
        try {
            return dataset.open(Split.TRAIN, out::println);
        } catch (DataUnavailableException e) {
            if (!dataset.name().equals("mnist")) {
                throw e;
            }
            out.println(e.getMessage());
            out.println("Using \"" + FALLBACK + "\" instead of MNIST: characters that are generated on this machine.");
            return dataset.open(FALLBACK, Split.TRAIN, out::println);
        }
    }

    private ReplayOptions replay(String usualModel, String topic) {
        Order usual = stream.planned() ? Order.FILE : Order.SHUFFLED;
        return UsageException.orUsage(() -> stream.apply(ReplayOptions.builder())
                .topic(topic)
                .models(model == null ? usualModel : model)
                .order(order == null ? usual : order)
                .seed(seed)
                .passes(stream.planned() ? 1 : ReplayOptions.ENDLESS)
                .pacing(StreamMixin.pacing(rate == 0 ? null : rate))
                .build());
    }

    private void tell(
            PrintWriter out,
            ImageSource source,
            String name,
            Dashboard dashboard,
            EmbeddedFlink flink,
            EmbeddedKafka kafka) {
        out.println();
        out.println("  Watch model \"" + name + "\" learn from " + source.name() + ":  " + dashboard.uri());
        out.println();
        out.println("  Flink's own page   " + flink.uri());
        out.println("  Kafka's address    " + kafka.bootstrapServers());
        Path log = ProcessLog.currentFile();
        if (log != null) {
            out.println("  log                " + log);
        }
        out.println();
        out.println("Ctrl-C stops everything.");
        out.flush();
    }

    /** Streams until Ctrl-C interrupts it, or until the job fails for good. */
    private static void stream(Replay replay, JobMonitor monitor) throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Future<ReplayReport> streaming = executor.submit(replay::run);
        try {
            boolean streamed = false;
            while (true) {
                monitor.check();
                streamed = streamed ? sleep() : ended(streaming);
            }
        } finally {
            replay.stop();
            executor.shutdownNow();
        }
    }

    private static boolean sleep() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        return true;
    }

    private static boolean ended(Future<ReplayReport> streaming) throws Exception {
        try {
            streaming.get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
