package org.silhouettes.job.record;

/** A record that is not taken, and why. Carries no stack trace: it is an answer to a sender, and may come by the million. */
public final class Rejection extends Exception {

    private final RejectReason reason;

    public Rejection(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public RejectReason reason() {
        return reason;
    }

    /** The same rejection, of a part of the record. */
    public Rejection of(String part) {
        return new Rejection(reason, part + ": " + getMessage());
    }

    /** The kind of reason and the message, as it stands in the header. */
    public String text() {
        return reason.label() + ": " + getMessage();
    }
}
