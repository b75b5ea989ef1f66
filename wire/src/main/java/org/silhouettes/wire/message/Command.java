package org.silhouettes.wire.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a control record does to its model. */
public enum Command {
    /** Removes all state of the model, and its dictionary from the compacted topic. */
    DELETE;

    /** Lower-case, as control records have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command of that label. */
    public static Optional<Command> of(String label) {
        return Arrays.stream(values())
                .filter(command -> command.label().equals(label))
                .findFirst();
    }
}
