package org.silhouettes.imaging;

import java.util.Arrays;
import java.util.zip.CRC32;

/** Steps through a PNG's chunks; checks length, name and checksum of each. Not thread-safe. */
final class PngChunks {

    static final int IHDR = 0x49484452;
    static final int PLTE = 0x504C5445;
    static final int IDAT = 0x49444154;
    static final int IEND = 0x49454E44;
    static final int TRNS = 0x74524E53;

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    /** Bytes of a chunk besides its data: length, type, checksum. */
    private static final int OVERHEAD = 12;

    private final CRC32 crc = new CRC32();
    private byte[] file;
    private int start;
    private int length;
    private int next;

    void open(byte[] bytes) throws PictureException {
        file = bytes;
        if (file.length < 8 || ((long) int32(0) << 32 | int32(4) & 0xffffffffL) != SIGNATURE) {
            throw new PictureException("not a PNG: the signature is missing");
        }
        next = 8;
    }

    void close() {
        file = null;
    }

    /** Moves to the next chunk. */
    void next() throws PictureException {
        start = next;
        if (file.length - start < OVERHEAD) {
            throw new PictureException("PNG is cut short: no IEND chunk in its " + file.length + " bytes");
        }
        length = int32(start);
        if (length < 0 || length > file.length - start - OVERHEAD) {
            throw new PictureException("PNG is cut short: the chunk at byte " + start + " claims "
                    + Integer.toUnsignedString(length) + " bytes, " + (file.length - start - OVERHEAD) + " are left");
        }
        for (int i = start + 4; i < start + 8; i++) {
            int letter = file[i] | 0x20;
            if (letter < 'a' || letter > 'z') {
                throw new PictureException("PNG is damaged: the chunk at byte " + start + " has no name of letters");
            }
        }
        crc.reset();
        crc.update(file, start + 4, length + 4);
        if ((int) crc.getValue() != int32(start + 8 + length)) {
            throw new PictureException("PNG is damaged: wrong checksum of the chunk at byte " + start);
        }
        next = start + OVERHEAD + length;
    }

    byte[] file() {
        return file;
    }

    /** Index of the chunk's first byte, its length. */
    int start() {
        return start;
    }

    int type() {
        return int32(start + 4);
    }

    /** Bit 5 of a type's first letter is clear: a decoder that does not know the chunk must stop. */
    boolean isCritical() {
        return (type() & 0x20000000) == 0;
    }

    /** Index of the chunk's first data byte. */
    int data() {
        return start + 8;
    }

    int length() {
        return length;
    }

    /** The chunk's data. */
    byte[] copy(int maxLength) throws PictureException {
        if (length > maxLength) {
            throw new PictureException("PNG is damaged: the chunk at byte " + start + " has " + length
                    + " bytes, at most " + maxLength + " are allowed");
        }
        return Arrays.copyOfRange(file, data(), data() + length);
    }

    boolean followedByIdat() {
        return file.length - next >= OVERHEAD && int32(next + 4) == IDAT;
    }

    /** Data bytes of this chunk and those of its type directly behind it; nothing but their lengths is read. */
    long bytesOfRun() {
        long bytes = length;
        int at = next;
        while (file.length - at >= OVERHEAD && int32(at + 4) == type()) {
            int more = int32(at);
            if (more < 0 || more > file.length - at - OVERHEAD) {
                break;
            }
            bytes += more;
            at += OVERHEAD + more;
        }
        return bytes;
    }

    private int int32(int at) {
        return (file[at] & 0xff) << 24 | (file[at + 1] & 0xff) << 16 | (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
    }
}
