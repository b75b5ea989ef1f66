package org.silhouettes.core.organisation;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * Settings that keep every group in use and assigned to its community.
 *
 * @param guidance weight of the {@link GuidanceLoss} relative to the mean square of the centred warm-up images, ≥ 0; 0
 *     disables it. Requires the initialisation {@code COMMUNITY} and the update {@code BACKPROP}
 * @param temperature softmax temperature of the guidance loss relative to the initial mean norm of the strongest group, > 0
 * @param lambdaGrowth maximum fraction by which the {@link LambdaSchedule} raises λ per update, 0 … 1; 0 disables it
 * @param resetAfter updates without use before a {@link DeadAtomReset}; 0 disables it
 * @param growth requires the guidance loss and an open number of groups
 */
public record OrganisationSettings(
        @Setting(
                        key = "guidance.weight",
                        formerly = "organisation.guidance",
                        min = 0,
                        max = 1000,
                        unit = "times the images' mean square",
                        help = "Weight of the guidance loss, which assigns images to the group of their community"
                                + " without labels; 0 disables it. Requires init.method=community and"
                                + " learner.update=backprop.")
                double guidance,
        @Setting(
                        key = "guidance.temperature",
                        formerly = "organisation.temperature",
                        above = 0,
                        max = 1000,
                        help = "Softmax temperature of the guidance loss, relative to the initial norm of the"
                                + " strongest group.")
                double temperature,
        @Setting(
                        key = "encoder.lambda-growth",
                        formerly = "organisation.lambda-growth",
                        min = 0,
                        max = 1,
                        help = "If over half of a mini-batch encodes to zero, encoder.lambda is lowered and then"
                                + " grows back by at most this fraction per update; 0 disables the recovery.")
                double lambdaGrowth,
        @Setting(
                        key = "dead-atoms.reset-after",
                        formerly = "organisation.revive-after",
                        min = 0,
                        max = 1e9,
                        unit = "updates",
                        help = "Number of updates without use after which an atom or group is re-initialised from"
                                + " badly reconstructed images; 0 disables it.")
                int resetAfter,
        GroupGrowthSettings growth)
        implements Serializable {

    /** Measured on MNIST, see docs/quality.md. */
    public static final OrganisationSettings DEFAULTS =
            new OrganisationSettings(0.4, 0.6, 0.02, 200, GroupGrowthSettings.DEFAULTS);

    /** The method of the paper, without any of this. */
    public static final OrganisationSettings NONE = new OrganisationSettings(0, 1, 0, 0, GroupGrowthSettings.NONE);

    public OrganisationSettings {
        SettingRecords.check(OrganisationSettings.class, guidance, temperature, lambdaGrowth, resetAfter, growth);
    }
}
