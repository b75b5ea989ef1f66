package org.silhouettes.core.organisation;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.initialisation.PrototypeClassifier;
import org.silhouettes.core.initialisation.PrototypeScratch;
import org.silhouettes.core.state.PrototypeState;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;

/**
 * Assigns the images of one model to groups for the {@link GuidanceLoss}, with the {@link PrototypeClassifier} that the
 * initialisation made. The classifier's state is the {@link PrototypeState} of the model.
 */
public final class GuidanceTargets {

    /** Buffers for mini-batches of one dictionary shape, shared by its models. */
    public static final class Scratch implements AutoCloseable {

        private final float[] raw;
        private final int[] groups;
        private final PrototypeScratch classifier;

        public Scratch(ImageShape image, int groups, int batch) {
            this.raw = new float[Math.multiplyExact(batch, image.values())];
            this.groups = new int[batch];
            this.classifier = new PrototypeScratch(image, groups, batch);
        }

        @Override
        public void close() {
            classifier.close();
        }
    }

    private final OrganisationSettings settings;
    private final boolean enabled;
    private final PrototypeState state;
    private PrototypeClassifier classifier;

    /**
     * Continues from a state, without a classifier if it has no prototypes.
     *
     * @param backprop whether the update is {@code BACKPROP}, which alone has a guidance loss
     */
    public GuidanceTargets(
            OrganisationSettings settings,
            boolean backprop,
            ImageShape image,
            Dictionary dictionary,
            PrototypeState state) {
        this.settings = settings;
        this.enabled = backprop && settings.guidance() > 0;
        this.state = state;
        Prototypes prototypes = state.prototypes();
        this.classifier = prototypes == null
                ? null
                : new PrototypeClassifier(image, dictionary.shape().groups(), prototypes);
    }

    /** The classifier, or null if there is none. */
    public PrototypeClassifier classifier() {
        return classifier;
    }

    public void classifier(PrototypeClassifier next) {
        classifier = next;
        state.prototypes(next.prototypes());
    }

    /**
     * Sets the scale of weight and temperature.
     *
     * @param meanSquare of the centred warm-up images
     * @param meanNorm of their strongest groups with the first dictionary
     */
    public void scale(double meanSquare, double meanNorm) {
        state.scale(meanSquare, meanNorm);
    }

    /**
     * The groups of a mini-batch.
     *
     * @return valid until the next call; {@code NONE} without a classifier, a weight or a scale
     */
    public GuidanceLoss.Targets of(List<StreamImage> batch, Scratch scratch) {
        if (!enabled || classifier == null || state.meanNorm() == 0) {
            return GuidanceLoss.Targets.NONE;
        }
        for (int b = 0; b < batch.size(); b++) {
            byte[] samples = batch.get(b).samples();
            Samples.writeTo(samples, scratch.raw, b * samples.length);
        }
        classifier.targets(scratch.raw, batch.size(), scratch.groups, scratch.classifier);
        return new GuidanceLoss.Targets(
                scratch.groups, settings.guidance() * state.meanSquare(), settings.temperature() * state.meanNorm());
    }
}
