package org.silhouettes.core.drift;

/**
 * A drift that was seen, or new groups that followed from one.
 *
 * @param version the dictionary's when it was
 * @param detector which test saw it: {@code page-hinkley} or {@code adwin}; {@code consolidation} (its stored name) for new groups
 * @param detail what it saw, for a reader
 */
public record DriftMark(long version, String detector, String detail) {

    /** What changed: {@code error}, {@code use} of the groups, or {@code groups} where there are new ones. */
    public String changed() {
        if (detector.equals(DriftMonitor.GROWTH)) {
            return "groups";
        }
        return detail.startsWith(GroupUsageDriftDetector.USE) ? "use" : "error";
    }

    /** Detector and what changed, such as {@code adwin, error}. */
    public String signal() {
        return detector + ", " + changed();
    }
}
