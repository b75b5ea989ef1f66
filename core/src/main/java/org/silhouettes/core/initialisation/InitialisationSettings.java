package org.silhouettes.core.initialisation;

import java.io.Serializable;

/**
 * The first dictionary.
 *
 * @param method where it comes from
 * @param warmUpImages images buffered before it is made, ≥ 1; they are learned from right afterwards
 */
public record InitialisationSettings(Initialisation method, int warmUpImages) implements Serializable {

    /** Spherical k-means on 2,000 images. */
    public static final InitialisationSettings KMEANS = new InitialisationSettings(Initialisation.KMEANS, 2000);

    public InitialisationSettings {
        if (warmUpImages < 1 || warmUpImages > 1_000_000) {
            throw new IllegalArgumentException("warm-up is " + warmUpImages + " images, it must be 1 to 1000000");
        }
    }
}
