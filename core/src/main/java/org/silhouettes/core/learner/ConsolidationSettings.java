package org.silhouettes.core.learner;

import java.io.Serializable;

/**
 * When a model is given further groups, and how many (see {@link Consolidation}).
 *
 * @param strangers share of the last images that are unlike all that its groups were made of, from which on further groups
 *     are looked for, above 0, at most 1; 1 turns it off
 * @param images how many of the images that follow are gathered for it, ≥ 1
 * @param mostGroups groups of a model at most, ≥ 1
 */
public record ConsolidationSettings(double strangers, int images, int mostGroups) implements Serializable {

    /** Measured on MNIST, see the README. */
    public static final ConsolidationSettings DEFAULTS = new ConsolidationSettings(0.2, 2000, 32);

    /** The groups stay as they are. */
    public static final ConsolidationSettings NONE = new ConsolidationSettings(1, 1, 1);

    public ConsolidationSettings {
        if (!(strangers > 0 && strangers <= 1)) {
            throw new IllegalArgumentException("strangers is " + strangers + ", it must be above 0, at most 1");
        }
        if (images < 1 || images > 1_000_000) {
            throw new IllegalArgumentException("consolidation is of " + images + " images, it must be of 1 to 1000000");
        }
        if (mostGroups < 1 || mostGroups > 10_000) {
            throw new IllegalArgumentException("most groups is " + mostGroups + ", it must be 1 to 10000");
        }
    }
}
