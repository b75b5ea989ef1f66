package org.silhouettes.job.learn;

/** Images whose codes are emitted. */
public enum CodesEmit {
    NONE,
    /** Images marked {@code learn: false}. */
    UNLEARNED,
    ALL
}
