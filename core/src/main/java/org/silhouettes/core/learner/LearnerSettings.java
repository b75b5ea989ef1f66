package org.silhouettes.core.learner;

import java.io.Serializable;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.core.update.UpdateSettings;

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
        @Setting(
                        key = "model.groups",
                        min = 1,
                        max = 10_000,
                        zero = "auto",
                        unit = "groups",
                        help = "Number of groups of the dictionary, fixed after initialisation; auto uses one per"
                                + " community (init.method=community) or class (labels), at most 100 and as many"
                                + " as fit into models.cache-bytes, otherwise 10.")
                int groups,
        @Setting(
                        key = "model.group-size",
                        min = 1,
                        max = 10_000,
                        unit = "atoms",
                        help = "Number of atoms per group, fixed after initialisation; 1 gives ordinary sparse coding.")
                int groupSize,
        EncoderSettings encoder,
        UpdateSettings update,
        InitialisationSettings initialisation,
        OrganisationSettings organisation,
        @Setting(
                        key = "model.batch",
                        min = 1,
                        max = 4096,
                        unit = "images",
                        help = "Size of a mini-batch; the dictionary is updated once per mini-batch.")
                int batch,
        @Setting(
                        key = "model.seed",
                        help = "Seed of a new model's random number generator; the same stream and seed give the same"
                                + " dictionary.")
                long seed)
        implements Serializable {

    /** What organises itself best on MNIST, see docs/quality.md: as many groups of 32 as the warm-up has communities. */
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
        SettingRecords.check(
                LearnerSettings.class, groups, groupSize, encoder, update, initialisation, organisation, batch, seed);
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
