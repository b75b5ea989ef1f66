package org.silhouettes.experiments.drift;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.producers.dataset.ImageSource;
import org.silhouettes.producers.replay.ReplayOptions;
import org.silhouettes.producers.replay.ReplayedImages;
import org.silhouettes.producers.replay.ShownImages;

/**
 * One learner over the standard plan once, as the job would learn it: the same learner, drift monitor and action, image by
 * image and without labels. At some moments the test error on the old and the new classes is taken by the way, from images
 * that are marked never to be learned from.
 */
public final class DriftTrial {

    /** Test errors, mean squared error per value, by the number of images after the start. */
    public record Errors(double old, double changed) {}

    /**
     * What came of it.
     *
     * @param errors by the number of images learned from
     */
    record Result(List<MonitoredLearner.Alarm> alarms, TreeMap<Long, Errors> errors) {}

    private final StandardPlan plan;
    private final ReplayedImages stream;
    private final List<StreamImage> oldTest;
    private final List<StreamImage> newTest;

    /**
     * Reads the images that it is tested on.
     *
     * @param tested test images of either half of the classes, a multiple of the mini-batch
     */
    DriftTrial(StandardPlan plan, ImageSource train, ImageSource test, int tested, long seed) throws IOException {
        this.plan = plan;
        this.stream = new ReplayedImages(
                train,
                ReplayOptions.builder()
                        .models("drift")
                        .plan(plan.of(train))
                        .seed(seed)
                        .build());
        this.oldTest = test(test, StandardPlan.oldClasses(test), tested);
        this.newTest = test(test, StandardPlan.newClasses(test), tested);
    }

    private static List<StreamImage> test(ImageSource test, List<String> classes, int count) throws IOException {
        ShownImages shown = new ShownImages(test, classes, List.of(), 0);
        if (shown.size() < count) {
            throw new IllegalArgumentException("source " + test.name() + " has " + shown.size()
                    + " test images of the classes " + String.join(", ", classes) + ", " + count + " are asked for");
        }
        List<StreamImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(new StreamImage(shown.image(i).samples(), null, null, false));
        }
        return images;
    }

    /**
     * Runs it.
     *
     * @param probes numbers of images after which the test error is taken, each at the end of a mini-batch
     */
    Result run(LearnerSettings usual, DriftSettings drift, List<Long> probes) throws IOException {
        try (MonitoredLearner watched = new MonitoredLearner(stream.image(0).shape(), usual, drift)) {
            TreeMap<Long, Errors> errors = new TreeMap<>();
            for (long position = 0; position < plan.length(); position++) {
                watched.learn(stream.image(position));
                if (probes.contains(position + 1)) {
                    requireNothingPending(watched, position + 1);
                    errors.put(position + 1, new Errors(watched.testError(oldTest), watched.testError(newTest)));
                }
            }
            return new Result(watched.alarms(), errors);
        }
    }

    private static void requireNothingPending(MonitoredLearner watched, long images) {
        if (!watched.betweenBatches()) {
            throw new IllegalArgumentException(
                    "after " + images + " images a mini-batch or the warm-up is not full: the test error is taken"
                            + " between two mini-batches, so model.batch has to divide 64 and the warm-up"
                            + " must be over at the first change");
        }
    }
}
