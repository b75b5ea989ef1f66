package org.silhouettes.core.drift;

import org.silhouettes.core.settings.Formerly;

/** Response to a drift. */
public enum DriftAction {
    /** The drift is recorded, and nothing changes. */
    @Formerly("tell")
    REPORT,
    /** For a while the model learns and forgets faster, and re-initialises dead atoms and groups sooner. */
    ADAPT
}
