package org.silhouettes.core.learner;

import java.io.Serializable;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.InitialisationSettings;

/**
 * All of a model's settings but the image shape, which its first image decides.
 *
 * @param groups number of groups Γ; 0 lets the initialisation choose: {@code COMMUNITY} takes as
 *     many as it finds, {@code LABELS} one a class, the others 10
 * @param groupSize atoms a group, d; 1 is ordinary sparse coding
 * @param batch images of a mini-batch, 1 … 4096
 * @param seed start of the model's own random numbers
 */
public record LearnerSettings(
        int groups,
        int groupSize,
        EncoderSettings encoder,
        UpdateSettings update,
        InitialisationSettings initialisation,
        OrganisationSettings organisation,
        int batch,
        long seed)
        implements Serializable {

    /** What organises itself best on MNIST, see the README: as many groups of 32 as the warm-up has communities. */
    public static final LearnerSettings DEFAULTS = new LearnerSettings(
            0,
            32,
            EncoderSettings.PAPER,
            UpdateSettings.GENTLE,
            InitialisationSettings.COMMUNITY,
            OrganisationSettings.DEFAULTS,
            64,
            0);

    public LearnerSettings {
        if (groups < 0 || groups > 10_000) {
            throw new IllegalArgumentException("groups is " + groups + ", it must be 1 to 10000, or 0 for auto");
        }
        if (groupSize < 1 || groupSize > 10_000) {
            throw new IllegalArgumentException("group size is " + groupSize + ", it must be 1 to 10000");
        }
        if (batch < 1 || batch > 4096) {
            throw new IllegalArgumentException("batch is " + batch + " images, it must be 1 to 4096");
        }
    }

    /** With the default organisation. */
    public LearnerSettings(
            int groups,
            int groupSize,
            EncoderSettings encoder,
            UpdateSettings update,
            InitialisationSettings initialisation,
            int batch,
            long seed) {
        this(groups, groupSize, encoder, update, initialisation, OrganisationSettings.DEFAULTS, batch, seed);
    }
}
