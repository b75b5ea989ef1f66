package org.silhouettes.job.learn;

/** Handling of a restored model whose shape the current settings do not allow. */
public enum OnMismatch {
    /** Keeps the model and rejects its images with a reason that names both values. */
    REJECT,
    /** Deletes the model and starts a new one. */
    RESET
}
