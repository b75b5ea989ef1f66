package org.silhouettes.job.learn;

/** What becomes of a restored model whose shape the present settings do not allow. */
public enum OnMismatch {
    /** It stays as it is, and its images are rejected with a reason that names both values. */
    REJECT,
    /** It is thrown away and starts over. */
    RESET
}
