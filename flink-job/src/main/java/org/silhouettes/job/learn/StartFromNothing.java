package org.silhouettes.job.learn;

/** What a job without state does with models of which the output topics already hold versions. */
public enum StartFromNothing {
    /** The job ends before it learns such a model again. */
    REFUSE,
    /** The model is learned again, as a new run. */
    ALLOW
}
