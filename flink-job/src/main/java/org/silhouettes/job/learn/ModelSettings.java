package org.silhouettes.job.learn;

import java.io.Serializable;
import java.time.Duration;
import org.silhouettes.core.settings.Setting;

/**
 * Number and memory of the models of a subtask.
 *
 * @param cacheBytes memory of the models, bytes
 * @param maxModels models of a subtask; 0 sets no limit
 * @param expireAfter time without an image after which a model is removed; zero disables it
 */
public record ModelSettings(
        @Setting(
                        key = "models.cache-bytes",
                        min = 1 << 20,
                        max = 1L << 40,
                        size = true,
                        help =
                                "Memory of a subtask for models, their training steps, the peak of an initialisation and checkpoint"
                                        + " copies; beyond it the least recently used models move to the state backend, and a model that"
                                        + " alone needs more is rejected.")
                long cacheBytes,
        @Setting(
                        key = "models.max",
                        min = 0,
                        max = 1e9,
                        unit = "models",
                        help =
                                "Maximum number of models per subtask; images of further models are rejected, and 0 sets no limit.")
                int maxModels,
        @Setting(
                        key = "models.expire-after",
                        formerly = "models.forget-after",
                        zero = "off",
                        min = 1,
                        max = 3650 * 86_400.0,
                        help =
                                "Running time of the job since a model's last image after which its state is removed, to within 10 %; the"
                                        + " dictionary stays in its topic, and the next image starts a new model.")
                Duration expireAfter,
        @Setting(
                        key = "model.on-mismatch",
                        help =
                                "Handling of a restored model whose groups, group size or channel mode differ from the settings: reject"
                                        + " its images, or reset it.")
                OnMismatch onMismatch)
        implements Serializable {

    public static final ModelSettings DEFAULTS = new ModelSettings(256 << 20, 0, Duration.ZERO, OnMismatch.REJECT);
}
