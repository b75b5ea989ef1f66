package org.silhouettes.producers.replay;

import java.io.IOException;

/** A replay broke off: the message says where, why, and how to resume. */
public final class ReplayException extends IOException {

    private final long resumeFrom;

    ReplayException(String message, long resumeFrom, Throwable cause) {
        super(
                message + ": resume with --from topic, which looks up what has arrived; --from " + resumeFrom
                        + " may send again what arrived of the images after it",
                cause);
        this.resumeFrom = resumeFrom;
    }

    /** The first position that Kafka has not confirmed; everything before it has arrived, and some after it may have. */
    public long resumeFrom() {
        return resumeFrom;
    }
}
