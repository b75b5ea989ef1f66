package org.silhouettes.job.learn;

import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.silhouettes.job.record.RejectReason;
import org.silhouettes.job.record.Rejection;

/** Counts the models of a subtask and rejects new ones beyond the limit. */
final class ModelCount {

    private final int max;
    private long models;

    /** @param max maximum number of models of a subtask; 0 for no limit, then nothing is counted */
    ModelCount(int max) {
        this.max = max;
    }

    /** Counts the models of a restored subtask: those of its key groups, at any parallelism. */
    void restore(KeyedStateBackend<String> backend) {
        if (max > 0) {
            try (Stream<String> names = StoredModels.names(backend)) {
                models = names.count();
            }
        }
    }

    /** Checks that one more model may be created. */
    void check(String model) throws Rejection {
        if (max > 0 && models >= max) {
            throw new Rejection(
                    RejectReason.MODEL_COUNT,
                    "model \"" + model + "\" is not started, as this subtask has " + models
                            + " models and models.max is " + max
                            + ": send the image under the name of a model that exists, delete models that are not"
                            + " needed (silhouettes delete), or start the job with a larger models.max, a higher"
                            + " parallelism or models.expire-after");
        }
    }

    void added() {
        models++;
    }

    void removed() {
        models--;
    }
}
