package org.silhouettes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.silhouettes.embedded.kafka.Folders;
import org.silhouettes.experiments.bench.Bench;
import org.silhouettes.experiments.bench.BenchInput;
import org.silhouettes.experiments.bench.BenchReport;
import org.silhouettes.experiments.bench.Benchmark;
import org.silhouettes.experiments.bench.Clock;
import org.silhouettes.experiments.bench.Script;
import org.silhouettes.experiments.bench.SilhouettesBenchmark;
import org.silhouettes.experiments.bench.Step;
import org.silhouettes.linalg.LinalgBackend;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the engine, alone or against other libraries. */
@Command(
        name = "bench",
        description = {
            "Measures the speed of the encoder and the three updates of the paper's group-sparse model at batch 64 and"
                    + " 256, on one thread, alone or interleaved with ND4J's OpenBLAS, PyTorch and scikit-learn.",
            "Libraries that are not installed are skipped. If the data set is not available, synthetic images are used."
        })
final class BenchCommand implements Callable<Integer> {

    private static final List<Integer> BATCHES = List.of(64, 256);
    private static final String SYNTHETIC = "glyphs";

    private static final Map<Step, String> TORCH_STEPS = Map.of(
            Step.ENCODE, "encode", Step.BACKPROP, "backprop", Step.DECODER, "decoder", Step.ALTERNATING, "alternating");

    /** Whom to compare with. */
    enum Library {
        ND4J,
        TORCH,
        SKLEARN
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatasetMixin dataset;

    @Option(
            names = "--against",
            paramLabel = "LIBRARY",
            split = ",",
            description = "Libraries to compare with: nd4j (linalg.backend=nd4j), torch, sklearn (default: none).")
    private List<Library> against = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the medians and ratios there.")
    private Path json;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Measurements of each step and library (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "Duration of a measurement (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            defaultValue = "CPU",
            description = "cpu: CPU seconds of the measured thread, or wall (default: ${DEFAULT-VALUE}).")
    private Clock clock;

    @Override
    public Integer call() throws Exception {
        if (rounds < 1 || !(seconds > 0) || seconds > 600) {
            throw new UsageException("--rounds is " + rounds + " and --seconds is " + seconds
                    + ": they must be at least 1, and above 0 to 600");
        }
        PrintWriter print = spec.commandLine().getOut();
        BenchInput input = input(print);
        Path folder = Files.createTempDirectory(ProcessLog.temporaryFolder(), "bench-");
        List<Benchmark> contestants = new ArrayList<>();
        try {
            input.write(folder);
            contestants.add(new SilhouettesBenchmark(input, clock, LinalgBackend.VECTOR));
            for (Library library : against) {
                contestants.addAll(start(library, input, folder, print));
            }
            BenchReport.heading(input, rounds, seconds, clock, print);
            List<Bench.Result> results = new Bench(contestants, rounds, seconds).run(BATCHES, result -> {
                print.println(BenchReport.line(result));
                print.flush();
            });
            if (json != null) {
                BenchReport.write(input, clock, results, json);
                print.println("written to " + json);
            }
        } finally {
            contestants.forEach(Benchmark::close);
            Folders.delete(folder);
        }
        return 0;
    }

    private BenchInput input(PrintWriter print) throws IOException {
        try {
            return BenchInput.of(dataset.open(Split.TRAIN, print::println));
        } catch (IOException e) {
            print.println(e.getMessage());
            print.println("taking synthetic images instead: " + SYNTHETIC);
            ImageSource synthetic = dataset.open(SYNTHETIC, Split.TRAIN, print::println);
            return BenchInput.of(synthetic);
        }
    }

    private List<Benchmark> start(Library library, BenchInput input, Path folder, PrintWriter print)
            throws IOException {
        List<Benchmark> started = new ArrayList<>();
        Consumer<String> silent = notice -> {};
        switch (library) {
            case ND4J -> started.add(new SilhouettesBenchmark(input, clock, LinalgBackend.ND4J));
            case TORCH -> {
                add(started, "torch", "torch_steps.py", TORCH_STEPS, folder, print::println);
                // an encoder that keeps its Gram matrix while the dictionary rests, as ours does
                add(
                        started,
                        "torchGramKept",
                        "torch_steps.py",
                        Map.of(Step.ENCODE, "encode_gram_kept"),
                        folder,
                        silent);
            }
            case SKLEARN -> {
                // its partial_fit is the alternating update; two of its encoders
                add(started, "sklearnCd", "sklearn_steps.py", Map.of(Step.ALTERNATING, "cd"), folder, print::println);
                add(started, "sklearnLars", "sklearn_steps.py", Map.of(Step.ALTERNATING, "lars"), folder, silent);
            }
        }
        return started;
    }

    private void add(
            List<Benchmark> started,
            String name,
            String script,
            Map<Step, String> steps,
            Path folder,
            Consumer<String> notices)
            throws IOException {
        Path home = Path.of(System.getProperty("silhouettes.home", "."));
        Path file = home.resolve("benchmarks").resolve(script);
        if (!Files.isRegularFile(file)) {
            throw new IOException("no script " + file + ": run bench by ./silhouettes of the source tree");
        }
        Script.start(name, file, steps, folder, clock, notices).ifPresent(started::add);
    }
}
