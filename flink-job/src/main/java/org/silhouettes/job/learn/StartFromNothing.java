package org.silhouettes.job.learn;

/** Handling of models that the output topics contain although the job has no state. */
public enum StartFromNothing {
    /** Fails the job before it learns such a model again. */
    REFUSE,
    /** Learns the model again, as a new run. */
    ALLOW
}
