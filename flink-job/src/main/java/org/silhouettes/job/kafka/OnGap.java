package org.silhouettes.job.kafka;

/** What a job does where images that it has not read were removed from its topic. */
public enum OnGap {
    /** It fails and says which images are missing. */
    FAIL,
    /** Continues at the oldest image that exists, counts the missing ones and logs them. */
    EARLIEST
}
