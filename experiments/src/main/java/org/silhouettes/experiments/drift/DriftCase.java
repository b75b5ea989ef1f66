package org.silhouettes.experiments.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.silhouettes.job.options.JobSettings;

/**
 * A learner, and what it does when it sees a drift.
 *
 * @param learner as the tables call it
 * @param action likewise
 * @param options of the job that make it so
 */
public record DriftCase(String learner, String action, Map<String, String> options) {

    /** Settings of all cases, unless a case overrides them. */
    private static final Map<String, String> COMMON = Map.of(
            "model.groups", "10",
            "init.method", "kmeans",
            "init.warm-up", "2000",
            "learner.learning-rate", "0.001");

    public DriftCase {
        options = Map.copyOf(options);
    }

    /** The cases of method.md's table of drift, with and without acting. */
    public static List<DriftCase> standard() {
        Map<String, String> backprop = Map.of("learner.update", "backprop");
        Map<String, String> remembering = Map.of("learner.update", "alternating", "learner.forgetting", "1");
        Map<String, String> forgetting = Map.of("learner.update", "alternating", "learner.forgetting", "0.95");
        return List.of(
                of("backprop", "report", backprop),
                of("backprop", "adapt", backprop),
                of("alternating, forgetting 1", "report", remembering),
                of("alternating, forgetting 1", "adapt", remembering),
                // acting would forget as fast: there is nothing to compare
                of("alternating, forgetting .95", "report", forgetting));
    }

    private static DriftCase of(String learner, String action, Map<String, String> update) {
        Map<String, String> options = new LinkedHashMap<>(update);
        options.put("drift.action", action);
        return new DriftCase(learner, action, options);
    }

    /** The job's settings: what all cases have in common, then what is {@code chosen}, then the case's own. */
    JobSettings settings(Map<String, String> chosen, long seed) {
        Map<String, String> all = new LinkedHashMap<>(COMMON);
        all.putAll(chosen);
        all.putAll(options);
        all.put("model.seed", Long.toString(seed));
        return JobSettings.from(all);
    }
}
