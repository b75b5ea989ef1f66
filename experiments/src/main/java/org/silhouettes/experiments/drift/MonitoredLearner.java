package org.silhouettes.experiments.drift;

import java.util.ArrayList;
import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.drift.DriftMonitor;
import org.silhouettes.core.drift.DriftSettings;
import org.silhouettes.core.encoder.CodeBatch;
import org.silhouettes.core.learner.Learner;
import org.silhouettes.core.learner.LearnerListener;
import org.silhouettes.core.learner.LearnerSettings;
import org.silhouettes.core.learner.TrainingStepCache;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.producers.dataset.LabelledImage;

/** One model as the job learns it: a learner, its drift monitor, and what it does when that sees something. */
final class MonitoredLearner implements AutoCloseable {

    /** An alarm: the signal that it was seen in, and how many images had been encoded by then. */
    record Alarm(String signal, long images) {}

    private final TrainingStepCache usual;
    private final TrainingStepCache acting;
    private final DriftMonitor monitor;
    private final Learner learner;
    private final List<Alarm> alarms = new ArrayList<>();
    private final LearnerListener listener = new Listener();
    private long images;
    private double squaredError;

    MonitoredLearner(ImageShape image, LearnerSettings settings, DriftSettings drift) {
        usual = new TrainingStepCache(settings);
        acting = new TrainingStepCache(drift.acting(settings));
        monitor = new DriftMonitor(drift);
        learner = new Learner(image, usual);
    }

    /** Learns from the next image; its label is not looked at. */
    void learn(LabelledImage image) {
        learner.accept(new StreamImage(image.samples(), null, null, true), listener);
    }

    /** Learns from what is buffered, too. */
    void flush() {
        learner.flush(listener);
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

    /** Mean squared error a value of images that are marked never to be learned from, a multiple of the mini-batch. */
    double testError(List<StreamImage> test) {
        squaredError = 0;
        test.forEach(image -> learner.accept(image, listener));
        return squaredError / ((double) test.size() * learner.image().values());
    }

    @Override
    public void close() {
        acting.close();
        usual.close();
    }

    /** Sees every batch, as the job's model does. */
    private final class Listener implements LearnerListener {
        @Override
        public void encoded(
                List<StreamImage> batch, float[] centred, CodeBatch codes, Dictionary dictionary, boolean learn) {
            if (learn) {
                images += batch.size();
                monitor.encoded(batch, centred, codes, dictionary, true);
                monitor.marks().forEach(mark -> alarms.add(new Alarm(mark.signal(), images)));
                monitor.reported();
                learner.engines(monitor.acting() ? acting : usual);
            } else {
                for (int b = 0; b < batch.size(); b++) {
                    squaredError += codes.squaredErrors()[b];
                }
            }
        }
    }
}
