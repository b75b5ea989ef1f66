package org.silhouettes.core.state;

/**
 * A drift that was seen, or new groups that followed from one.
 *
 * @param version the dictionary's when it was
 * @param detector which test saw it: {@code page-hinkley} or {@code adwin}; {@value #GROWTH} (its stored name) for new groups
 * @param detail what it saw, for a reader
 */
public record DriftMark(long version, String detector, String detail) {

    /** Stored in place of a detector where the dictionary has further groups. */
    public static final String GROWTH = "consolidation";

    /** Start of the detail of a change in the use of the groups. */
    public static final String USE = "use of the groups";

    /** What changed: {@code error}, {@code use} of the groups, or {@code groups} where there are new ones. */
    public String changed() {
        if (detector.equals(GROWTH)) {
            return "groups";
        }
        return detail.startsWith(USE) ? "use" : "error";
    }

    /** Detector and what changed, such as {@code adwin, error}. */
    public String signal() {
        return detector + ", " + changed();
    }
}
