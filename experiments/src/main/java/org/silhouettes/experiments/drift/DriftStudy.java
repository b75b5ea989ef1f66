package org.silhouettes.experiments.drift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.silhouettes.job.options.JobSettings;
import org.silhouettes.producers.dataset.ImageSource;

/** Drift over the standard plan, all cases over some seeds: detection delay, false alarms, and the effect of adapting. */
public final class DriftStudy {

    /** Signals in the order in which they are reported; see {@link org.silhouettes.core.state.DriftMark#signal()}. */
    static final List<String> SIGNALS = List.of("adwin, error", "page-hinkley, error", "page-hinkley, use");

    private static final int BATCH = 64;

    /**
     * How one signal saw one change.
     *
     * @param delays images from the change to the alarm, ascending, one for each seed in which there was one
     */
    public record Detection(int seeds, long[] delays) {

        OptionalDouble median() {
            int n = delays.length;
            return n == 0 ? OptionalDouble.empty() : OptionalDouble.of((delays[(n - 1) / 2] + delays[n / 2]) / 2.0);
        }
    }

    /**
     * What came of one case.
     *
     * @param first detections of the first change by signal
     * @param second of the second
     * @param falseAlarms alarms before the first change by signal, all seeds together
     * @param errors mean test errors over the seeds, by the name of the moment
     */
    public record Outcome(
            DriftCase tried,
            Map<String, Detection> first,
            Map<String, Detection> second,
            Map<String, Long> falseAlarms,
            Map<String, DriftTrial.Errors> errors) {}

    private final StandardPlan plan;
    private final ImageSource train;
    private final ImageSource test;
    private final int tested;
    private final Map<String, String> chosen;
    private final Map<Long, String> moments = new TreeMap<>();

    /**
     * A study.
     *
     * @param tested test images of either half of the classes, a multiple of 64
     * @param chosen the job's options that all cases are to have
     */
    public DriftStudy(StandardPlan plan, ImageSource train, ImageSource test, int tested, Map<String, String> chosen) {
        this.plan = plan;
        this.train = train;
        this.test = test;
        this.tested = tested;
        this.chosen = Map.copyOf(chosen);
        for (int updates : new int[] {0, 20, 80, 160}) {
            if (updates * BATCH <= plan.changed()) {
                moments.put(plan.firstChange() + (long) updates * BATCH, updates == 0 ? "change" : "+" + updates);
            }
        }
        moments.put(plan.secondChange(), "+" + plan.changed() / BATCH);
        moments.put(plan.length(), "all +" + plan.all() / BATCH);
    }

    StandardPlan plan() {
        return plan;
    }

    /** Names of the moments at which errors are taken. */
    List<String> moments() {
        return List.copyOf(moments.values());
    }

    /** Tries one case with seeds 0, 1, …; tells each seed when it is done. */
    public Outcome of(DriftCase tried, int seeds, Consumer<Integer> done) throws IOException {
        List<DriftTrial.Result> results = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            JobSettings settings = tried.settings(chosen, seed);
            results.add(new DriftTrial(plan, train, test, tested, seed)
                    .run(settings.learning().learner(), settings.learning().drift(), List.copyOf(moments.keySet())));
            done.accept(seed);
        }
        Map<String, Detection> first = new LinkedHashMap<>();
        Map<String, Detection> second = new LinkedHashMap<>();
        Map<String, Long> falseAlarms = new LinkedHashMap<>();
        for (String signal : SIGNALS) {
            first.put(signal, detection(results, signal, plan.firstChange(), plan.secondChange()));
            second.put(signal, detection(results, signal, plan.secondChange(), plan.length()));
            falseAlarms.put(
                    signal,
                    results.stream()
                            .flatMap(result -> result.alarms().stream())
                            .filter(alarm -> alarm.signal().equals(signal) && alarm.images() <= plan.firstChange())
                            .count());
        }
        return new Outcome(tried, first, second, falseAlarms, errors(results));
    }

    private static Detection detection(List<DriftTrial.Result> results, String signal, long change, long until) {
        long[] delays = results.stream()
                .flatMap(result -> result.alarms().stream()
                        .filter(alarm -> alarm.signal().equals(signal))
                        .filter(alarm -> alarm.images() > change && alarm.images() <= until)
                        .limit(1))
                .mapToLong(alarm -> alarm.images() - change)
                .sorted()
                .toArray();
        return new Detection(results.size(), delays);
    }

    private Map<String, DriftTrial.Errors> errors(List<DriftTrial.Result> results) {
        Map<String, DriftTrial.Errors> means = new LinkedHashMap<>();
        moments.forEach((images, name) -> {
            double[] sums = new double[2];
            results.forEach(result -> {
                sums[0] += result.errors().get(images).old();
                sums[1] += result.errors().get(images).changed();
            });
            double[] mean = Arrays.stream(sums).map(sum -> sum / results.size()).toArray();
            means.put(name, new DriftTrial.Errors(mean[0], mean[1]));
        });
        return means;
    }
}
