package org.silhouettes.job.learn;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/** Byte buffer with a limit. A write beyond it fails, and so do all later writes. */
final class BoundedBytes extends OutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private final int most;
    private boolean full;

    BoundedBytes(int most) {
        this.most = most;
    }

    @Override
    public void write(int value) throws IOException {
        requireRoom(1);
        bytes.write(value);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        requireRoom(length);
        bytes.write(from, offset, length);
    }

    private void requireRoom(int length) throws IOException {
        full |= length > most - bytes.size();
        if (full) {
            throw new EOFException("more than " + most + " bytes");
        }
    }

    /** Whether a write failed. */
    boolean isFull() {
        return full;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
