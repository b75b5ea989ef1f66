package org.silhouettes.wire.message;

/** An input record that is no message, and why. Carries no stack trace: it is a reply to a sender, and may come by the million. */
public final class MessageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    /** What is wrong with the record. */
    public enum Fault {
        /** The key is no model name. */
        MODEL_NAME,
        /** There is no value. */
        NO_IMAGE,
        /** The content type is missing or unknown. */
        CONTENT_TYPE,
        /** A header is missing, malformed or too long. */
        HEADER,
        /** A late label is incomplete, or has a value. */
        LABEL,
        /** A control record is malformed or not supported. */
        CONTROL
    }

    MessageException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
