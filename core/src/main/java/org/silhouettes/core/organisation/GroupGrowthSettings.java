package org.silhouettes.core.organisation;

import java.io.Serializable;
import org.silhouettes.core.settings.Setting;
import org.silhouettes.core.settings.SettingRecords;

/**
 * When a model gets further groups, and how many; see {@link GroupGrowth}.
 *
 * @param noveltyRate share of novel images above which new groups are searched, above 0, at most 1; 1 disables growth
 * @param images size of the novelty buffer, images, ≥ 1
 * @param maxGroups maximum number of groups of a model, ≥ 1
 */
public record GroupGrowthSettings(
        @Setting(
                        key = "growth.novelty-rate",
                        formerly = "organisation.strangers",
                        above = 0,
                        max = 1,
                        help = "Fraction of novel images among the last 512 above which the model searches for new"
                                + " groups; 1 disables it. Requires model.groups=auto and guidance.weight above"
                                + " 0.")
                double noveltyRate,
        @Setting(
                        key = "growth.buffer",
                        formerly = "organisation.gather",
                        min = 1,
                        max = 1_000_000,
                        unit = "images",
                        help = "Number of images collected for the new-group search; they are part of the model state.")
                int images,
        @Setting(
                        key = "growth.max-groups",
                        formerly = "organisation.most-groups",
                        min = 1,
                        max = 10_000,
                        unit = "groups",
                        help = "Maximum number of groups that growth may reach, further limited by models.cache-bytes.")
                int maxGroups)
        implements Serializable {

    /** Measured on MNIST, see docs/quality.md. */
    public static final GroupGrowthSettings DEFAULTS = new GroupGrowthSettings(0.2, 2000, 32);

    /** No growth. */
    public static final GroupGrowthSettings NONE = new GroupGrowthSettings(1, 1, 1);

    public GroupGrowthSettings {
        SettingRecords.check(GroupGrowthSettings.class, noveltyRate, images, maxGroups);
    }
}
