package org.silhouettes.job.learn;

/** Which images' codes go to the codes topic. */
public enum CodesEmit {
    NONE,
    /** Those marked {@code learn: false}. */
    UNLEARNED,
    ALL
}
