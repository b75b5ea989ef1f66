package org.silhouettes.imaging;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A PNG decoder (W3C PNG, third edition) for small untrusted pictures: it reads the critical chunks and tRNS alone, in the
 * order that the standard demands. It checks the claimed size, and whether the compressed bytes can hold it, before it
 * allocates, and inflates exactly the bytes that this size needs, so that neither pixels nor metadata can be a bomb; data
 * that continue after the last pixel are refused. An order of magnitude faster than ImageIO's on thumbnails, whose set-up
 * dwarfs the work. Gamma and colour profiles are ignored. Not thread-safe.
 */
final class PngDecoder {

    /** Deflate's best ratio: 258 bytes for two bits. */
    private static final long MAX_RATIO = 1032;

    /** First column, first row, column step, row step of Adam7's passes. */
    private static final int[][] ADAM7 = {
        {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
    };

    private static final int[][] WHOLE = {{0, 0, 1, 1}};

    private static final byte[] NOTHING = new byte[0];

    private final PictureLimits limits;
    private final DecodeWork work;
    private final Inflater inflater = new Inflater();
    private final PngChunks chunks = new PngChunks();
    private PngHeader header;
    private boolean overBlack;
    private byte[] palette;
    private byte[] transparency;
    private byte[] samples;

    PngDecoder(PictureLimits limits, DecodeWork work) {
        this.limits = limits;
        this.work = work;
    }

    /** @param transparencyOverBlack lay transparent pixels over black, instead of refusing them */
    Picture decode(byte[] bytes, boolean transparencyOverBlack) throws PictureException {
        overBlack = transparencyOverBlack;
        inflater.reset();
        try {
            chunks.open(bytes);
            chunks.next();
            header = PngHeader.read(chunks.type() == PngChunks.IHDR, bytes, chunks.data(), chunks.length());
            limits.checkPixels(header.width(), header.height());
            do {
                chunks.next();
                take();
            } while (chunks.type() != PngChunks.IEND);
            return new Picture(new ImageShape(header.height(), header.width(), header.outputChannels()), samples);
        } finally {
            chunks.close();
            inflater.setInput(NOTHING);
            header = null;
            palette = null;
            transparency = null;
            samples = null;
        }
    }

    private void take() throws PictureException {
        switch (chunks.type()) {
            case PngChunks.IHDR -> throw misplaced("a second IHDR chunk");
            case PngChunks.PLTE -> {
                if (palette != null || transparency != null || samples != null) {
                    throw misplaced("a PLTE chunk that is repeated, or behind tRNS or IDAT");
                }
                palette = chunks.copy(768);
            }
            case PngChunks.TRNS -> {
                if (transparency != null || samples != null) {
                    throw misplaced("a tRNS chunk that is repeated or behind IDAT");
                }
                transparency = chunks.copy(256);
            }
            case PngChunks.IDAT -> {
                if (samples == null) {
                    samples = pixels();
                } else {
                    throw misplaced("more pixel data (IDAT) behind its last pixel");
                }
            }
            case PngChunks.IEND -> {
                if (samples == null) {
                    throw new PictureException("PNG has no pixels: there is no IDAT chunk");
                }
                if (chunks.length() > 0) {
                    throw misplaced("an IEND chunk of " + chunks.length() + " bytes");
                }
            }
            default -> {
                if (chunks.isCritical()) {
                    throw misplaced("an unknown critical chunk");
                }
            }
        }
    }

    private PictureException misplaced(String what) {
        return new PictureException("PNG is damaged: it has " + what + " at byte " + chunks.start());
    }

    private byte[] pixels() throws PictureException {
        PngPixels pixels = new PngPixels(header, palette, transparency, overBlack);
        int[][] passes = header.interlaced() ? ADAM7 : WHOLE;
        long packed = chunks.bytesOfRun();
        if (inflatedBytes(passes) > MAX_RATIO * packed) {
            throw new PictureException("PNG is cut short: it claims " + header.width() + "x" + header.height()
                    + " pixels and has " + packed + " bytes of compressed data");
        }
        work.add(1, (long) header.width() * header.height());
        byte[] out = new byte[header.width() * header.height() * header.outputChannels()];
        int longest = header.rowBytes(header.width());
        byte[] row = new byte[longest];
        byte[] above = new byte[longest];
        byte[] filter = new byte[1];
        inflater.setInput(chunks.file(), chunks.data(), chunks.length());
        for (int[] pass : passes) {
            int columns = columns(pass);
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
        requireEnd();
        return out;
    }

    /** Bytes that the pixel data must inflate to. */
    private long inflatedBytes(int[][] passes) {
        long bytes = 0;
        for (int[] pass : passes) {
            int columns = columns(pass);
            long rows = columns <= 0 ? 0 : (header.height() - pass[1] + pass[3] - 1) / pass[3];
            bytes += rows <= 0 ? 0 : rows * (1L + header.rowBytes(columns));
        }
        return bytes;
    }

    private int columns(int... pass) {
        return (header.width() - pass[0] + pass[2] - 1) / pass[2];
    }

    private void inflate(byte[] into, int length) throws PictureException {
        int have = 0;
        while (have < length) {
            int got = inflateSome(into, have, length - have);
            have += got;
            if (got == 0) {
                if (inflater.finished() || inflater.needsDictionary()) {
                    throw new PictureException("PNG is damaged: its pixel data end early");
                }
                feed();
            }
        }
    }

    /** The compressed stream ends with the last pixel, its checksum matches, and nothing but empty chunks follows it. */
    private void requireEnd() throws PictureException {
        byte[] more = new byte[1];
        while (!inflater.finished()) {
            if (inflateSome(more, 0, 1) > 0) {
                throw new PictureException("PNG is damaged: its pixel data continue after its last pixel");
            }
            if (!inflater.finished()) {
                feed();
            }
        }
        boolean left = inflater.getRemaining() > 0;
        while (!left && chunks.followedByIdat()) {
            chunks.next();
            left = chunks.length() > 0;
        }
        if (left) {
            throw new PictureException("PNG is damaged: there are bytes behind the end of its compressed pixel data");
        }
    }

    private int inflateSome(byte[] into, int from, int length) throws PictureException {
        try {
            return inflater.inflate(into, from, length);
        } catch (DataFormatException e) {
            throw new PictureException("PNG is damaged: " + e.getMessage(), e);
        }
    }

    private void feed() throws PictureException {
        if (!inflater.needsInput() || !chunks.followedByIdat()) {
            throw new PictureException("PNG is cut short: its pixel data end early");
        }
        chunks.next();
        inflater.setInput(chunks.file(), chunks.data(), chunks.length());
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
}
