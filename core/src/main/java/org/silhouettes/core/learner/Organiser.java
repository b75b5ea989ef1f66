package org.silhouettes.core.learner;

import java.util.List;
import org.silhouettes.core.dictionary.Dictionary;
import org.silhouettes.core.initialisation.Guide;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;

/**
 * Leads a model's images to the groups of their communities, by the {@link Guide} that its start gave it. Persisted as the
 * arrays {@code guide} and {@code guide.scale} [mean square of an image, mean norm of a strongest group] of the model's state.
 */
final class Organiser {

    private static final String GUIDE = "guide";
    private static final String GUIDE_SCALE = "guide.scale";

    private final OptimiserState state;
    private Guide guide;

    /** Goes on where the state was left, with no guide where there is none. */
    Organiser(ImageShape image, Dictionary dictionary, OptimiserState state) {
        this.state = state;
        float[] values = state.arrays().get(GUIDE);
        this.guide = values == null ? null : new Guide(image, dictionary.shape().groups(), values);
    }

    /** Null where images are led nowhere. */
    Guide guide() {
        return guide;
    }

    void guide(Guide next) {
        guide = next;
        state.put(GUIDE, next.values());
    }

    /**
     * What guidance is measured by.
     *
     * @param meanSquare of the centred warm-up images
     * @param meanNorm of their strongest groups with the first dictionary
     */
    void scale(double meanSquare, double meanNorm) {
        state.put(GUIDE_SCALE, new float[] {(float) meanSquare, (float) meanNorm});
    }

    /** What the guide says of the images; led nowhere where there is no guide, or nothing to measure it by. */
    Guidance.Targets targets(List<StreamImage> batch, LearnerSettings settings, EngineCache.Workspace workspace) {
        OrganisationSettings organisation = settings.organisation();
        if (guide == null || organisation.guidance() == 0 || settings.update().rule() != UpdateRule.BACKPROP) {
            return Guidance.Targets.NONE;
        }
        float[] scale = state.array(GUIDE_SCALE, 2);
        if (scale[1] == 0) {
            return Guidance.Targets.NONE;
        }
        float[] raw = workspace.raw();
        for (int b = 0; b < batch.size(); b++) {
            byte[] samples = batch.get(b).samples();
            Samples.writeTo(samples, raw, b * samples.length);
        }
        guide.targets(raw, batch.size(), workspace.targets(), workspace.guideScratch());
        return new Guidance.Targets(
                workspace.targets(), organisation.guidance() * scale[0], organisation.temperature() * scale[1]);
    }
}
