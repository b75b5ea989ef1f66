package org.silhouettes.core.learner;

import java.io.Serializable;

/**
 * What keeps every group alive and true to its community.
 *
 * @param guidance weight of the guidance term (see {@link Guidance}) relative to the mean square of the centred warm-up
 *     images, ≥ 0; 0 turns it off. Takes effect where the initialisation is {@code COMMUNITY} and the update {@code BACKPROP}
 * @param temperature the guidance term's temperature relative to the mean norm of the strongest group at the start, > 0
 * @param lambdaGrowth by which share at most λ grows an update after a dead start (see {@link LambdaSchedule}), 0 … 1; 0 turns the
 *     schedule off
 * @param reviveAfter updates without use after which an atom or group is revived (see {@link Revival}); 0 turns it off
 * @param consolidation takes effect where guidance does and the number of groups is left open
 */
public record OrganisationSettings(
        double guidance, double temperature, double lambdaGrowth, int reviveAfter, ConsolidationSettings consolidation)
        implements Serializable {

    /** Measured on MNIST, see the README. */
    public static final OrganisationSettings DEFAULTS =
            new OrganisationSettings(0.4, 0.6, 0.02, 200, ConsolidationSettings.DEFAULTS);

    /** Nothing but the method of the paper. */
    public static final OrganisationSettings NONE = new OrganisationSettings(0, 1, 0, 0, ConsolidationSettings.NONE);

    public OrganisationSettings {
        if (!(guidance >= 0 && guidance <= 1000)) {
            throw new IllegalArgumentException("guidance is " + guidance + ", it must be 0 to 1000");
        }
        if (!(temperature > 0 && temperature <= 1000)) {
            throw new IllegalArgumentException("temperature is " + temperature + ", it must be above 0, up to 1000");
        }
        if (!(lambdaGrowth >= 0 && lambdaGrowth <= 1)) {
            throw new IllegalArgumentException("lambda growth is " + lambdaGrowth + ", it must be 0 to 1");
        }
        if (reviveAfter < 0) {
            throw new IllegalArgumentException("revive after is " + reviveAfter + " updates, it must be at least 0");
        }
    }
}
