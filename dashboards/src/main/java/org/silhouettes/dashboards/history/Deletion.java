package org.silhouettes.dashboards.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a model's run: its dictionary was removed from the topic.
 *
 * @param run the run that ended; empty for all runs that began before
 * @param atMillis time of the record that says so; what the run has after it came from a job restored from before
 */
public record Deletion(String model, Optional<String> run, long atMillis) {

    /** Whether a record of the model is over with it. */
    boolean covers(String ofRun, long recordMillis) {
        return recordMillis <= atMillis && run.map(ofRun::equals).orElse(true);
    }

    /** The newest deletions, since topics are read in no order. Not thread-safe. */
    static final class Log {

        private static final int MAX = 4096;
        private final Map<String, Deletion> newest = new LinkedHashMap<>();

        void add(Deletion deletion) {
            newest.remove(key(deletion.model(), deletion.run()));
            newest.put(key(deletion.model(), deletion.run()), deletion);
            if (newest.size() > MAX) {
                newest.remove(newest.keySet().iterator().next());
            }
        }

        boolean covers(String model, String run, long atMillis) {
            return covers(newest.get(key(model, Optional.of(run))), run, atMillis)
                    || covers(newest.get(key(model, Optional.empty())), run, atMillis);
        }

        private static boolean covers(Deletion deletion, String run, long atMillis) {
            return deletion != null && deletion.covers(run, atMillis);
        }

        private static String key(String model, Optional<String> run) {
            return model + "\n" + run.orElse("");
        }
    }
}
