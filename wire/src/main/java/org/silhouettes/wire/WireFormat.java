package org.silhouettes.wire;

/**
 * Version of what is on Kafka, {@code MAJOR.MINOR} in the header {@link Headers#FORMAT}. A minor version adds headers and
 * JSON fields, which readers ignore; a major version changes the meaning of what is there, and readers refuse it. Records
 * without the header have version 1.0.
 */
public final class WireFormat {

    /** The version that this release writes. */
    public static final String CURRENT = "1.1";

    private static final int MAJOR = 1;

    private WireFormat() {}

    /**
     * Checks that this release can read a record.
     *
     * @throws IllegalArgumentException where the record has a newer major version, or a malformed one
     */
    public static void requireReadable(RecordHeaders headers) {
        String format = headers.text(Headers.FORMAT);
        if (format == null || format.equals(CURRENT)) {
            return;
        }
        if (!format.matches("\\d{1,4}(\\.\\d{1,4})?")) {
            throw new IllegalArgumentException("header format is \""
                    + (format.length() <= 40 ? format : format.substring(0, 40) + "…")
                    + "\": a version such as " + CURRENT + " is expected");
        }
        if (Integer.parseInt(format.split("\\.", 2)[0]) > MAJOR) {
            throw new IllegalArgumentException("header format is " + format + ", this release reads " + MAJOR
                    + ".x: update the reader, or write with a release of that format");
        }
    }
}
