package org.silhouettes.local.run;

import java.nio.file.Path;
import java.util.Map;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.replay.Replay;
import org.silhouettes.producers.replay.ReplayOptions;

/**
 * What a bounded run does: learn from the train split, then encode train images (the fit of the metrics) and the test
 * split without learning from them.
 *
 * @param train images to learn from
 * @param test images never learned from
 * @param learn how the train split is streamed; its last image closes the mini-batch
 * @param learned images that {@code learn} streams
 * @param fit train images that are encoded for the fit of the metrics, the first ones
 * @param tested test images that are encoded, the first ones
 * @param job the job's options, as on the command line
 * @param kafkaFolder where the broker keeps its data
 * @param flinkFolder where Flink keeps its checkpoints
 */
public record RunPlan(
        ImageSource train,
        ImageSource test,
        ReplayOptions learn,
        long learned,
        long fit,
        long tested,
        Map<String, String> job,
        Path kafkaFolder,
        Path flinkFolder) {

    static final String FIT_IDS = "fit-";
    static final String TEST_IDS = "test-";

    public RunPlan {
        job = Map.copyOf(job);
    }

    /**
     * A plan that encodes so many images where the sources have them.
     *
     * @param fit train images for the fit, at most
     * @param tested test images, at most
     * @throws IllegalArgumentException where the options do not fit the sources
     */
    public static RunPlan of(
            ImageSource train,
            ImageSource test,
            ReplayOptions learn,
            long fit,
            long tested,
            Map<String, String> job,
            Path kafkaFolder,
            Path flinkFolder) {
        RunPlan wished = new RunPlan(train, test, learn, 1, fit, tested, job, kafkaFolder, flinkFolder);
        return new RunPlan(
                train,
                test,
                learn,
                Replay.length(train, learn),
                Replay.length(train, wished.fitOptions()),
                Replay.length(test, wished.testOptions()),
                job,
                kafkaFolder,
                flinkFolder);
    }

    /** Name of the model that learns. */
    public String model() {
        return learn.models().get(0);
    }

    /** Records of the images topic, from first to last. */
    long records() {
        return learned + fit + tested;
    }

    ReplayOptions fitOptions() {
        return unlearned(fit, false);
    }

    ReplayOptions testOptions() {
        return unlearned(tested, true);
    }

    private ReplayOptions unlearned(long images, boolean flush) {
        return ReplayOptions.builder()
                .topic(learn.topic())
                .models(learn.models())
                .classes(learn.classes())
                .encoding(learn.encoding())
                .labels(learn.labels())
                .images(images)
                .learn(false)
                .flush(flush)
                .build();
    }
}
