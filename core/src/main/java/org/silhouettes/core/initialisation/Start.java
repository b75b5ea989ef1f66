package org.silhouettes.core.initialisation;

import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;

/**
 * What a model begins with.
 *
 * @param dictionary unit-norm, finite atoms at version 0
 * @param guide tells which group an image belongs to, where the initialisation found communities
 */
public record Start(Dictionary dictionary, Optional<PrototypeClassifier> guide) {

    static Start of(Dictionary dictionary) {
        return new Start(dictionary, Optional.empty());
    }
}
