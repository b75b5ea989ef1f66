package org.silhouettes.cli;

import java.util.function.Supplier;

/** The command line asks for something that cannot be: exit code 2. */
final class UsageException extends RuntimeException {

    UsageException(String message) {
        super(message);
    }

    UsageException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }

    /** The value, or a usage error where making it refuses the user's words. */
    static <T> T orUsage(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e);
        }
    }
}
