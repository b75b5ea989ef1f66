package org.silhouettes.core.drift;

/**
 * A drift that was seen.
 *
 * @param version the dictionary's when it was
 * @param detector which test saw it: {@code page-hinkley} or {@code adwin}
 * @param detail what it saw, for a reader
 */
public record DriftMark(long version, String detector, String detail) {

    /** Detector and what it watched: {@code adwin, error}, {@code page-hinkley, error} or {@code page-hinkley, use}. */
    public String signal() {
        return detector + (detail.startsWith(DriftMonitor.USE) ? ", use" : ", error");
    }
}
