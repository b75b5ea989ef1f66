package org.silhouettes.core.drift;

/** What follows from a drift. */
public enum DriftAction {
    /** It is told, and nothing changes. */
    TELL,
    /** The dictionary learns faster, forgets faster, and revives idle atoms and groups sooner, for a while. */
    ADAPT
}
