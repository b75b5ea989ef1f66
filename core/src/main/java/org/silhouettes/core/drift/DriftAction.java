package org.silhouettes.core.drift;

/** What follows from a drift. */
public enum DriftAction {
    /** It is told, and nothing changes. */
    TELL,
    /** The dictionary learns faster, and forgets faster, for a while. */
    ADAPT
}
