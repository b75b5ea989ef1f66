package org.silhouettes.core.learner;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.initialisation.PrototypeClassifier;
import org.silhouettes.core.state.PrototypeState;
import org.silhouettes.core.state.Prototypes;
import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;

/**
 * Leads a model's images to the groups of their communities, by the {@link PrototypeClassifier} that its start gave it. Keeps it
 * in the {@link PrototypeState} of the model.
 */
final class GuidanceTargets {

    private final PrototypeState state;
    private PrototypeClassifier guide;

    /** Goes on where the state was left, with no guide where there is none. */
    GuidanceTargets(ImageShape image, Dictionary dictionary, PrototypeState state) {
        this.state = state;
        Prototypes prototypes = state.prototypes();
        this.guide = prototypes == null
                ? null
                : new PrototypeClassifier(image, dictionary.shape().groups(), prototypes);
    }

    /** Null where images are led nowhere. */
    PrototypeClassifier guide() {
        return guide;
    }

    void guide(PrototypeClassifier next) {
        guide = next;
        state.prototypes(next.prototypes());
    }

    /**
     * What guidance is measured by.
     *
     * @param meanSquare of the centred warm-up images
     * @param meanNorm of their strongest groups with the first dictionary
     */
    void scale(double meanSquare, double meanNorm) {
        state.scale(meanSquare, meanNorm);
    }

    /** What the guide says of the images; led nowhere where there is no guide, or nothing to measure it by. */
    GuidanceLoss.Targets targets(
            List<StreamImage> batch, LearnerSettings settings, TrainingStepCache.Workspace workspace) {
        OrganisationSettings organisation = settings.organisation();
        if (guide == null || organisation.guidance() == 0 || settings.update().rule() != UpdateRule.BACKPROP) {
            return GuidanceLoss.Targets.NONE;
        }
        if (state.meanNorm() == 0) {
            return GuidanceLoss.Targets.NONE;
        }
        float[] raw = workspace.raw();
        for (int b = 0; b < batch.size(); b++) {
            byte[] samples = batch.get(b).samples();
            Samples.writeTo(samples, raw, b * samples.length);
        }
        guide.targets(raw, batch.size(), workspace.targets(), workspace.guideScratch());
        return new GuidanceLoss.Targets(
                workspace.targets(),
                organisation.guidance() * state.meanSquare(),
                organisation.temperature() * state.meanNorm());
    }
}
