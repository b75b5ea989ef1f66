package org.silhouettes.core.picture;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * A PNG decoder (W3C PNG, third edition) for small untrusted pictures: it reads the critical chunks and tRNS alone, checks
 * the claimed size before it allocates, and inflates exactly the bytes that this size needs, so that neither pixels nor
 * metadata can be a bomb. An order of magnitude faster than ImageIO's on thumbnails, whose set-up dwarfs the work.
 * Gamma and colour profiles are ignored. Not thread-safe.
 */
final class PngDecoder {

    private static final long SIGNATURE = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int TRNS = 0x74524E53;

    /** First column, first row, column step, row step of Adam7's passes. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private final PictureLimits limits;
    private final Inflater inflater = new Inflater();
    private final CRC32 crc = new CRC32();
    private byte[] file;
    private int nextChunk;

    PngDecoder(PictureLimits limits) {
        this.limits = limits;
    }

    Picture decode(byte[] bytes) throws PictureException {
        file = bytes;
        inflater.reset();
        try {
            return decode();
        } finally {
            file = null;
        }
    }

    private Picture decode() throws PictureException {
        if (file.length < 8 || ((long) int32(0) << 32 | int32(4) & 0xffffffffL) != SIGNATURE) {
            throw new PictureException("not a PNG: the signature is missing");
        }
        PngHeader header = null;
        byte[] palette = null;
        byte[] transparency = null;
        byte[] samples = null;
        nextChunk = 8;
        while (true) {
            int at = nextChunk;
            int length = openChunk();
            int type = int32(at + 4);
            int data = at + 8;
            if (header == null) {
                header = PngHeader.read(type == IHDR, file, data, length);
                limits.checkPixels(header.width(), header.height());
                continue;
            }
            switch (type) {
                case PLTE -> palette = Arrays.copyOfRange(file, data, data + length);
                case TRNS -> transparency = Arrays.copyOfRange(file, data, data + length);
                case IDAT -> {
                    if (samples == null) {
                        inflater.setInput(file, data, length);
                        samples = pixels(header, new PngPixels(header, palette, transparency));
                    }
                }
                case IEND -> {
                    if (samples == null) {
                        throw new PictureException("PNG has no pixels: there is no IDAT chunk");
                    }
                    return new Picture(
                            new ImageShape(header.height(), header.width(), header.outputChannels()), samples);
                }
                default -> {
                    // bit 5 of a type's first letter: an ancillary chunk, which may be left unread
                    if ((type & 0x20000000) == 0) {
                        throw new PictureException("PNG has an unknown critical chunk at byte " + at);
                    }
                }
            }
        }
    }

    /** Checks the chunk at {@link #nextChunk}, moves on behind it, and returns its length. */
    private int openChunk() throws PictureException {
        int at = nextChunk;
        if (file.length - at < 12) {
            throw new PictureException("PNG is cut short: no IEND chunk in its " + file.length + " bytes");
        }
        int length = int32(at);
        if (length < 0 || length > file.length - at - 12) {
            throw new PictureException("PNG is cut short: the chunk at byte " + at + " claims "
                    + Integer.toUnsignedString(length) + " bytes, " + (file.length - at - 12) + " are left");
        }
        crc.reset();
        crc.update(file, at + 4, length + 4);
        if ((int) crc.getValue() != int32(at + 8 + length)) {
            throw new PictureException("PNG is damaged: wrong checksum of the chunk at byte " + at);
        }
        nextChunk = at + 12 + length;
        return length;
    }

    private byte[] pixels(PngHeader header, PngPixels pixels) throws PictureException {
        byte[] out = new byte[Math.multiplyExact(header.width() * header.height(), header.outputChannels())];
        int longest = header.rowBytes(header.width());
        byte[] row = new byte[longest];
        byte[] above = new byte[longest];
        byte[] filter = new byte[1];
        for (int[] pass : header.interlaced() ? ADAM7 : WHOLE) {
            int columns = (header.width() - pass[0] + pass[2] - 1) / pass[2];
            int length = columns <= 0 ? 0 : header.rowBytes(columns);
            Arrays.fill(above, (byte) 0);
            for (int y = pass[1]; length > 0 && y < header.height(); y += pass[3]) {
                inflate(filter, 1);
                inflate(row, length);
                unfilter(filter[0], row, above, length, header.pixelBytes());
                pixels.write(row, columns, out, y * header.width() + pass[0], pass[2]);
                byte[] swap = above;
                above = row;
                row = swap;
            }
        }
        return out;
    }

    private void inflate(byte[] into, int length) throws PictureException {
        int have = 0;
        try {
            while (have < length) {
                int got = inflater.inflate(into, have, length - have);
                have += got;
                if (got == 0) {
                    if (inflater.finished() || inflater.needsDictionary()) {
                        throw new PictureException("PNG is damaged: its pixel data end early");
                    }
                    feed();
                }
            }
        } catch (DataFormatException e) {
            throw new PictureException("PNG is damaged: " + e.getMessage(), e);
        }
    }

    private void feed() throws PictureException {
        int at = nextChunk;
        if (!inflater.needsInput() || file.length - at < 12 || int32(at + 4) != IDAT) {
            throw new PictureException("PNG is cut short: its pixel data end early");
        }
        int length = openChunk();
        inflater.setInput(file, at + 8, length);
    }

    private static void unfilter(int filter, byte[] row, byte[] above, int length, int pixelBytes)
            throws PictureException {
        switch (filter) {
            case 0 -> {}
            case 1 -> {
                for (int i = pixelBytes; i < length; i++) {
                    row[i] += row[i - pixelBytes];
                }
            }
            case 2 -> {
                for (int i = 0; i < length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < length; i++) {
                    int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
                    row[i] = (byte) (row[i] + (left + (above[i] & 0xff) >> 1));
                }
            }
            case 4 -> {
                for (int i = 0; i < length; i++) {
                    int left = i < pixelBytes ? 0 : row[i - pixelBytes] & 0xff;
                    int corner = i < pixelBytes ? 0 : above[i - pixelBytes] & 0xff;
                    row[i] = (byte) (row[i] + paeth(left, above[i] & 0xff, corner));
                }
            }
            default -> throw new PictureException("PNG is damaged: unknown row filter " + (filter & 0xff));
        }
    }

    private static int paeth(int left, int up, int corner) {
        int estimate = left + up - corner;
        int toLeft = Math.abs(estimate - left);
        int toUp = Math.abs(estimate - up);
        int toCorner = Math.abs(estimate - corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private int int32(int at) {
        return (file[at] & 0xff) << 24 | (file[at + 1] & 0xff) << 16 | (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
    }
}
