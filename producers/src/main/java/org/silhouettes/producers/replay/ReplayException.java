package org.silhouettes.producers.replay;

import java.io.IOException;

/** A replay broke off: the message says where, why, and how to go on. */
public final class ReplayException extends IOException {

    private final long resumeFrom;

    ReplayException(String message, long resumeFrom, Throwable cause) {
        super(message + ": resume with --from " + resumeFrom, cause);
        this.resumeFrom = resumeFrom;
    }

    /** The first position that Kafka has not confirmed; everything before it has arrived. */
    public long resumeFrom() {
        return resumeFrom;
    }
}
