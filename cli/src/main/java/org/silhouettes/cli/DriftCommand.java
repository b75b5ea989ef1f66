package org.silhouettes.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.silhouettes.experiments.drift.DriftCase;
import org.silhouettes.experiments.drift.DriftReport;
import org.silhouettes.experiments.drift.DriftStudy;
import org.silhouettes.experiments.drift.StandardPlan;
import org.silhouettes.experiments.drift.SteadyStream;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.dataset.Split;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how drift is seen and what acting does. */
@Command(
        name = "drift",
        description = {
            "Measures drift-detection delay, false-alarm rate and the effect of adapting, over several seeds, in this process"
                    + " and without Kafka. The stream has the first half of the classes (9,600 images), then the other"
                    + " half (12,800), then all (3,200).",
            "Prints the delay of each detector in images, the number of alarms before the change, and the test error on old"
                    + " and new classes after it, for three learners, with and without adapting. No label is used.",
            "Then counts the false alarms in streams that do not change, with the job's defaults: the data set in file order,"
                    + " the same shuffled, and glyphs."
        })
final class DriftCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DatasetMixin dataset;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "Runs of each case, with different orders and initialisations (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--test-images",
            paramLabel = "N",
            defaultValue = "1024",
            description = "Test images of the old and of the new classes each, a multiple of 64 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int testImages;

    @Option(
            names = "--steady-images",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Images of each stream that does not change, for each seed; 0 leaves them out (default:"
                    + " ${DEFAULT-VALUE}).")
    private long steadyImages;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write all figures there.")
    private Path json;

    @Mixin
    private JobArgumentsMixin job;

    @Override
    public Integer call() throws Exception {
        if (seeds < 1 || testImages < 64 || testImages % 64 != 0 || steadyImages < 0) {
            throw new UsageException("--seeds is " + seeds + ", --test-images is " + testImages
                    + " and --steady-images is " + steadyImages
                    + ": they must be at least 1, a multiple of 64, and at least 0");
        }
        PrintWriter print = spec.commandLine().getOut();
        Map<String, String> chosen = job.values();
        ImageSource train = dataset.openApart(Split.TRAIN, print::println);
        ImageSource test = dataset.openApart(Split.TEST, print::println);
        DriftStudy study = new DriftStudy(StandardPlan.DEFAULTS, train, test, testImages, chosen);
        List<DriftCase> cases = DriftCase.standard();
        List<DriftStudy.Outcome> outcomes = new ArrayList<>();
        List<SteadyStream.Outcome> steady = new ArrayList<>();
        try {
            for (DriftCase tried : cases) {
                outcomes.add(study.of(tried, seeds, seed -> progress(tried.learner() + ", " + tried.action(), seed)));
            }
            if (steadyImages > 0) {
                ImageSource glyphs = dataset.open("glyphs", Split.TRAIN, print::println);
                for (SteadyStream stream : SteadyStream.of(train, glyphs, steadyImages)) {
                    steady.add(stream.learned(chosen, seeds, seed -> progress(stream.name(), seed)));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
        DriftReport report = new DriftReport(study, outcomes, steady);
        report.print(print);
        if (json != null) {
            report.write(train.name(), seeds, json);
            print.println("written to " + json);
        }
        return 0;
    }

    private void progress(String what, int seed) {
        spec.commandLine().getErr().println(what + ": " + (seed + 1) + " of " + seeds + " seeds");
    }
}
