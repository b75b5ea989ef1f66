package org.silhouettes.producers.format;

import java.io.IOException;
import java.nio.file.Path;

/** A data file breaks a rule of its format: the message names the file, the offset and the rule. */
public final class FormatException extends IOException {

    private final Path file;
    private final long offset;

    /**
     * @param offset bytes from the start of the unpacked file
     * @param rule what is there and what the format asks for
     */
    public FormatException(Path file, long offset, String rule) {
        super(file + ", byte " + offset + ": " + rule);
        this.file = file;
        this.offset = offset;
    }

    public Path file() {
        return file;
    }

    /** Bytes from the start of the unpacked file to what is wrong. */
    public long offset() {
        return offset;
    }
}
