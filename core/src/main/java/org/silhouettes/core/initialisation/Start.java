package org.silhouettes.core.initialisation;

import java.util.Optional;
import org.silhouettes.core.dictionary.Dictionary;

/**
 * Result of an initialisation.
 *
 * @param dictionary unit-norm, finite atoms at version 0
 * @param classifier assigns images to groups; only if the initialisation found communities
 */
public record Start(Dictionary dictionary, Optional<PrototypeClassifier> classifier) {

    static Start of(Dictionary dictionary) {
        return new Start(dictionary, Optional.empty());
    }
}
