package org.silhouettes.core.learner;

import java.io.Serializable;
import org.silhouettes.core.encoder.EncoderSettings;
import org.silhouettes.core.initialisation.InitialisationSettings;
import org.silhouettes.core.organisation.OrganisationSettings;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;
import org.silhouettes.core.update.UpdateSettings;

/**
 * Settings of a model. Its image shape follows from its first image.
 *
 * @param groups number of groups Γ; 0 leaves it to the initialisation: one per community for {@code COMMUNITY}, one per class
 *     for {@code LABELS}, otherwise 10
 * @param groupSize atoms per group, d; 1 is ordinary sparse coding
 * @param batch images per mini-batch, 1 … 4096
 * @param seed of the model's random number generator
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

    /** Best settings for MNIST, see docs/quality.md: one group of 32 atoms per community of the warm-up images. */
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
