package org.silhouettes.core.initialisation;

import java.io.Serializable;

/**
 * The first dictionary.
 *
 * @param method where it comes from
 * @param warmUpImages images buffered before it is made, ≥ 1; they are learned from right afterwards
 * @param features what images are compared by in {@link Initialisation#COMMUNITY}
 */
public record InitialisationSettings(Initialisation method, int warmUpImages, Features features)
        implements Serializable {

    /** Spherical k-means on 2,000 images. */
    public static final InitialisationSettings KMEANS = new InitialisationSettings(Initialisation.KMEANS, 2000);

    /** Communities of 4,000 images: measured, as good as those of 8,000. */
    public static final InitialisationSettings COMMUNITY = new InitialisationSettings(Initialisation.COMMUNITY, 4000);

    public InitialisationSettings {
        if (warmUpImages < 1 || warmUpImages > 1_000_000) {
            throw new IllegalArgumentException("warm-up is " + warmUpImages + " images, it must be 1 to 1000000");
        }
    }

    /** With gradients as features. */
    public InitialisationSettings(Initialisation method, int warmUpImages) {
        this(method, warmUpImages, Features.GRADIENTS);
    }
}
