package org.silhouettes.producers.format;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a data file, gzipped or not, with its offset at hand, and never takes more memory than data has really arrived:
 * a header that lies about sizes costs nothing.
 */
final class BoundedReader implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    private final Path file;
    private final InputStream in;
    private final long plainLength;
    private long offset;

    private BoundedReader(Path file, InputStream in, long plainLength) {
        this.file = file;
        this.in = in;
        this.plainLength = plainLength;
    }

    static BoundedReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            return packed
                    ? new BoundedReader(file, new GZIPInputStream(raw, 1 << 16), -1)
                    : new BoundedReader(file, raw, Files.size(file));
        } catch (EOFException | ZipException e) {
            raw.close();
            throw new FormatException(file, 0, "the gzip header is broken (" + e.getMessage() + ")");
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** A big-endian 32-bit number; {@code what} names it for the error. */
    int readInt(String what) throws IOException {
        byte[] bytes = readFully(Integer.BYTES, what);
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
    }

    /** Exactly {@code count} bytes; {@code what} names them for the error. */
    byte[] readFully(int count, String what) throws IOException {
        if (plainLength >= 0 && plainLength - offset < count) {
            throw cutShort(count, plainLength - offset, what);
        }
        byte[] bytes = new byte[plainLength >= 0 ? count : Math.min(count, CHUNK)];
        int read = 0;
        while (read < count) {
            if (read == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, (int) Math.min(count, 2L * bytes.length));
            }
            int more = read(bytes, read);
            if (more < 0) {
                throw cutShort(count, read, what);
            }
            read += more;
        }
        offset += count;
        return bytes;
    }

    /** Refuses anything that is left. */
    void requireEnd(String what) throws IOException {
        if (read(new byte[1], 0) >= 0) {
            throw new FormatException(file, offset, "there are bytes after the last of " + what);
        }
    }

    long offset() {
        return offset;
    }

    private int read(byte[] into, int from) throws IOException {
        try {
            return in.read(into, from, into.length - from);
        } catch (EOFException | ZipException e) {
            throw new FormatException(file, offset + from, "the gzip data is broken (" + e.getMessage() + ")");
        }
    }

    private FormatException cutShort(int needed, long found, String what) {
        return new FormatException(
                file,
                offset + found,
                "the file is cut short: " + what + " needs " + needed + " bytes, " + found + " are there");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
