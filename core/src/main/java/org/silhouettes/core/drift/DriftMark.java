package org.silhouettes.core.drift;

/**
 * A drift that was seen, or new groups that followed from one.
 *
 * @param version the dictionary's when it was
 * @param detector which test saw it: {@code page-hinkley} or {@code adwin}; {@code consolidation} for new groups
 * @param detail what it saw, for a reader
 */
public record DriftMark(long version, String detector, String detail) {

    /** Of a test, what it watched too: {@code adwin, error}, {@code page-hinkley, error} or {@code page-hinkley, use}. */
    public String signal() {
        return detector + (detail.startsWith(UseWatch.USE) ? ", use" : ", error");
    }
}
