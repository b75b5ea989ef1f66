package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.silhouettes.embedded.LocalJob;
import org.silhouettes.experiments.run.BoundedRun;
import org.silhouettes.experiments.run.RunPlan;
import org.silhouettes.experiments.run.RunReport;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Split;
import org.silhouettes.producers.replay.Order;
import org.silhouettes.producers.replay.Progress;
import org.silhouettes.producers.replay.ReplayOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One bounded stream, its evaluation and its files. */
@Command(
        name = "run",
        description = {
            "Streams a data set once through its own Kafka and Flink, evaluates the dictionary, prints a table and"
                    + " writes report.json, dictionary.npz, atoms.png and classes.png.",
            "The model learns from the train split. Then train images (to fit the metrics) and the test split are encoded"
                    + " without learning.",
            "With --plan this happens after each phase, on the classes and transforms of all phases: the report then has"
                    + " the loss and the organisation on each phase's images after each phase, and the forgetting."
        })
final class RunCommand implements Callable<Integer> {

    private static final String ENDLESS_IMAGES = "60000";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatasetMixin dataset;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of times that the train split is streamed (default: ${DEFAULT-VALUE}).")
    private long passes;

    @Option(
            names = "--images",
            paramLabel = "N",
            description =
                    "Learn from N images only (default: all passes; " + ENDLESS_IMAGES + " of an endless source).")
    private Long images;

    @Option(
            names = "--fit-images",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Train images to fit the metrics on (default: ${DEFAULT-VALUE}).")
    private long fitImages;

    @Option(
            names = "--test-images",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Maximum number of test images (default: ${DEFAULT-VALUE}).")
    private long testImages;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the results (default: ./out/DATASET-TIME).")
    private Path out;

    @Option(names = "--model", paramLabel = "NAME", description = "Name of the model (default: the data set's name).")
    private String model;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "FILE",
            description = "Order of a pass: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Order order;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the shuffling and of the model (default: 0, or model.seed).")
    private Long seed;

    @Mixin
    private StreamMixin stream;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        PrintWriter print = spec.commandLine().getOut();
        Map<String, String> values = job.values(
                seed == null ? Map.of() : Map.of("model.seed", Long.toString(seed)),
                spec.commandLine().getErr());
        // refused before anything is started, though Kafka's address is not yet known
        UsageException.orUsage(() -> LocalJob.settings(values, "127.0.0.1:0"));
        return CtrlC.endsCleanly(print, () -> {
            Workspace.use(null, workspace -> run(workspace, values, print));
            return 0;
        });
    }

    private void run(Workspace workspace, Map<String, String> values, PrintWriter print) throws Exception {
        ImageSource train = dataset.openApart(Split.TRAIN, print::println);
        ImageSource test = dataset.openApart(Split.TEST, print::println);
        RunPlan plan = plan(workspace, values, train, test);
        Path folder = out == null
                ? Path.of("out", train.name() + "-" + LocalDateTime.now().format(STAMP))
                : out;
        // a folder that cannot be written is better known before the stream than after it
        Files.createDirectories(folder);
        print.println("learning from " + plan.learned() + " images of " + train.name() + ", encoding " + plan.encoded()
                + (stream.planned() ? " at the ends of the phases…" : " afterwards…"));
        print.flush();
        RunReport report = new BoundedRun(plan, Progress.console(System.err)).run(folder);
        RunTable.print(report, print);
        print.println("written to " + folder + ": report.json, dictionary.npz, atoms.png"
                + (Files.exists(folder.resolve("classes.png")) ? ", classes.png" : ""));
        print.flush();
    }

    private RunPlan plan(Workspace workspace, Map<String, String> values, ImageSource train, ImageSource test)
            throws IOException {
        long limit = images != null
                ? images
                : train.size() == ImageSource.ENDLESS && !stream.planned()
                        ? Long.parseLong(ENDLESS_IMAGES)
                        : ReplayOptions.ENDLESS;
        ReplayOptions learn = UsageException.orUsage(() -> stream.apply(ReplayOptions.builder())
                .models(model == null ? train.name() : model)
                .topic(values.getOrDefault("topics.images", "images"))
                .order(order)
                .seed(seed == null ? 0 : seed)
                .passes(passes)
                .images(limit)
                .flush(true)
                .build());
        return UsageException.orUsage(() -> RunPlan.of(
                train,
                test,
                learn,
                fitImages,
                testImages,
                values,
                workspace.folder("kafka"),
                workspace.folder("flink")));
    }
}
