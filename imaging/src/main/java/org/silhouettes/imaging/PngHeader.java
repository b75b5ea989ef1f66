package org.silhouettes.imaging;

import java.nio.ByteBuffer;

/**
 * A PNG's IHDR chunk.
 *
 * @param depth bits a sample: 1, 2, 4, 8 or 16
 * @param colour colour type: 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha
 */
record PngHeader(int width, int height, int depth, int colour, boolean interlaced) {

    static final int GRAY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GRAY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    static PngHeader read(boolean isHeader, byte[] file, int at, int length) throws PictureException {
        if (!isHeader || length != 13) {
            throw new PictureException("PNG is damaged: it does not start with an IHDR chunk of 13 bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(file, at, length);
        int width = in.getInt();
        int height = in.getInt();
        int depth = in.get();
        int colour = in.get();
        int compression = in.get();
        int filter = in.get();
        int interlace = in.get();
        boolean known =
                switch (colour) {
                    case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
                    case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
                    case RGB, GRAY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
                    default -> false;
                };
        if (!known || compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
            throw new PictureException("PNG has an unknown format: colour type " + colour + " of " + depth
                    + " bits, compression " + compression + ", filter " + filter + ", interlacing " + interlace);
        }
        return new PngHeader(width, height, depth, colour, interlace == 1);
    }

    /** Samples a pixel in the file. */
    int fileChannels() {
        return switch (colour) {
            case RGB -> 3;
            case GRAY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> 1;
        };
    }

    /** Samples a pixel once decoded: 1 or 3. */
    int outputChannels() {
        return colour == GRAY || colour == GRAY_ALPHA ? 1 : 3;
    }

    /** Bytes of a row of that many pixels. */
    int rowBytes(int columns) {
        return Math.toIntExact(((long) columns * fileChannels() * depth + 7) / 8);
    }

    /** Distance in bytes to what the row filters call the left pixel. */
    int pixelBytes() {
        return Math.max(1, fileChannels() * depth / 8);
    }
}
