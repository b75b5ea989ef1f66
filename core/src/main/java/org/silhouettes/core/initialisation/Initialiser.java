package org.silhouettes.core.initialisation;

import org.silhouettes.core.dictionary.Dictionary;

/** Makes the first dictionary of a model from its warm-up images. */
public final class Initialiser {

    private Initialiser() {}

    /**
     * A dictionary of unit-norm, finite atoms at version 0; every warm-up of at least one image will do.
     *
     * @param groups number of groups, or 0 to choose it (community only)
     */
    public static Dictionary initialise(
            InitialisationSettings settings, int groups, int groupSize, WarmUp warmUp, Random64 random) {
        throw new UnsupportedOperationException();
    }
}
