package org.silhouettes.experiments.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Times contestants interleaved (ours, theirs, ours, theirs …), so that what the machine does besides falls on all, and takes
 * the median of each.
 */
public final class Bench {

    private static final double WARM_UP_SECONDS = 4;

    private final List<Benchmark> contestants;
    private final int rounds;
    private final double seconds;

    /**
     * @param contestants the first is what the others are compared with
     * @param rounds measurements of each, ≥ 1
     * @param seconds length of a measurement
     */
    public Bench(List<Benchmark> contestants, int rounds, double seconds) {
        this.contestants = List.copyOf(contestants);
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /**
     * Medians of one step.
     *
     * @param imagesPerSecond by contestant, in their order
     */
    public record Result(Step step, int batch, Map<String, Double> imagesPerSecond) {}

    /** Times all steps at all batch sizes. */
    public List<Result> run(List<Integer> batches, Consumer<Result> each) throws IOException {
        List<Result> results = new ArrayList<>();
        for (Step step : Step.values()) {
            for (int batch : batches) {
                Result result = new Result(step, batch, medians(step, batch));
                each.accept(result);
                results.add(result);
            }
        }
        return results;
    }

    private Map<String, Double> medians(Step step, int batch) throws IOException {
        Map<String, double[]> all = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Benchmark contestant : contestants) {
                if (!contestant.takesPart(step)) {
                    continue;
                }
                // round −1 warms up: HotSpot compiles, caches fill
                double rate = contestant.imagesPerSecond(
                        step, batch, round < 0 ? Math.max(WARM_UP_SECONDS, seconds) : seconds);
                if (round >= 0) {
                    all.computeIfAbsent(contestant.name(), name -> new double[rounds])[round] = rate;
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        all.forEach((name, rates) -> medians.put(name, median(rates)));
        return medians;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
