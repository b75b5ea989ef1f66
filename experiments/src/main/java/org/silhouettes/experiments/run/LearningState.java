package org.silhouettes.experiments.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.silhouettes.wire.message.ActivityMessage;

/**
 * How a model learns at the end of its run, by its last activity record.
 *
 * @param step of an encoder layer; below the option where that is above 1/(1.05 L)
 * @param lambda that images are encoded with; below the option where the model began dead and is not there yet
 * @param revivedAtoms atoms re-initialised because they were unused
 * @param revivedGroups groups re-initialised because they were unused
 */
public record LearningState(double step, double lambda, long revivedAtoms, long revivedGroups) {

    /** What an activity record that follows the warm-up has of it. */
    static LearningState of(ActivityMessage.Training training) {
        return new LearningState(training.step(), training.lambda(), training.revivedAtoms(), training.revivedGroups());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("step", step);
        fields.put("lambda", lambda);
        fields.put("revivedAtoms", revivedAtoms);
        fields.put("revivedGroups", revivedGroups);
        return fields;
    }
}
