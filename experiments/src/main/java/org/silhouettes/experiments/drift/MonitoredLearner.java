package org.silhouettes.experiments.drift;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.learner.EncodedBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.TrainingStepCache;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.dataset.LabelledImage;

/** A learner with a drift monitor and its action, as the job runs them for one model. */
final class MonitoredLearner implements AutoCloseable {

    /** An alarm: the signal that raised it, and the number of images that were encoded by then. */
    record Alarm(String signal, long images) {}

    private final TrainingStepCache usual;
    private final TrainingStepCache acting;
    private final DriftMonitor monitor;
    private final Learner learner;
    private final List<Alarm> alarms = new ArrayList<>();
    private long images;

    MonitoredLearner(ImageShape image, LearnerSettings settings, DriftSettings drift) {
        usual = new TrainingStepCache(settings);
        acting = new TrainingStepCache(drift.acting(settings));
        monitor = new DriftMonitor(drift);
        learner = new Learner(image, usual);
    }

    /** Learns from the next image, without its label. */
    void learn(LabelledImage image) {
        learner.accept(new StreamImage(image.samples(), null, null, true));
        learnDue(false);
    }

    /** Learns from the buffered images. */
    void flush() {
        learnDue(true);
    }

    private void learnDue(boolean flush) {
        learner.initialise(flush);
        for (EncodedBatch batch = learner.encode(flush); batch != null; batch = learner.encode(flush)) {
            images += batch.images().size();
            monitor.encoded(batch.encoding(), true);
            monitor.marks().forEach(mark -> alarms.add(new Alarm(mark.signal(), images)));
            monitor.reported();
            learner.trainWith(monitor.acting() ? acting : usual);
            learner.learn(batch);
        }
    }

    /** Alarms so far. */
    List<Alarm> alarms() {
        return List.copyOf(alarms);
    }

    /** Whether there is a dictionary that has learned from all images. */
    boolean betweenBatches() {
        return learner.dictionary() != null
                && learner.state().buffers().pending().isEmpty();
    }

    /**
     * Mean squared error per value of test images, which are encoded only.
     *
     * @param test marked {@code learn = false}; a multiple of the mini-batch
     */
    double testError(List<StreamImage> test) {
        double squaredError = 0;
        for (StreamImage image : test) {
            learner.accept(image);
            EncodedBatch batch = learner.encode(false);
            for (int b = 0; batch != null && b < batch.images().size(); b++) {
                squaredError += batch.encoding().squaredErrors()[b];
            }
        }
        return squaredError / ((double) test.size() * learner.image().values());
    }

    @Override
    public void close() {
        acting.close();
        usual.close();
    }
}
