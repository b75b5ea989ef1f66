package org.silhouettes.core.drift;

/** Which tests watch a model's stream. */
public enum DriftDetector {
    NONE,
    /** Page and Hinkley's test. */
    PAGE_HINKLEY,
    /** The adaptive window. */
    ADWIN,
    /** Both of them. */
    BOTH;

    boolean pageHinkley() {
        return this == PAGE_HINKLEY || this == BOTH;
    }

    boolean adwin() {
        return this == ADWIN || this == BOTH;
    }
}
