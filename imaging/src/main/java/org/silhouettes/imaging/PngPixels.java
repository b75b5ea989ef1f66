package org.silhouettes.imaging;

/** Turns a PNG's unfiltered rows into 8-bit samples: depths scaled, palettes looked up, transparency refused or over black. */
final class PngPixels {

    private final PngHeader header;
    private final byte[] palette;
    private final byte[] transparency;
    private final boolean overBlack;
    private final int[] pixel;

    PngPixels(PngHeader header, byte[] palette, byte[] transparency, boolean overBlack) throws PictureException {
        if (header.colour() == PngHeader.PALETTE
                && (palette == null || palette.length == 0 || palette.length % 3 != 0 || palette.length > 768)) {
            throw new PictureException("PNG is damaged: its palette is missing or has a wrong length");
        }
        boolean keyed = header.colour() == PngHeader.GRAY || header.colour() == PngHeader.RGB;
        if (keyed && transparency != null && transparency.length != 2 * header.fileChannels()) {
            throw new PictureException("PNG is damaged: its tRNS chunk has " + transparency.length + " bytes");
        }
        if (header.colour() == PngHeader.PALETTE && transparency != null && transparency.length > palette.length / 3) {
            throw new PictureException("PNG is damaged: its tRNS chunk has " + transparency.length
                    + " bytes for a palette of " + palette.length / 3);
        }
        this.header = header;
        this.palette = palette;
        this.transparency = transparency;
        this.overBlack = overBlack;
        this.pixel = new int[header.fileChannels()];
    }

    /** Writes a row's pixels into {@code out}, the first at pixel {@code at}, then every {@code step}-th. */
    void write(byte[] row, int columns, byte[] out, int at, int step) throws PictureException {
        if (header.depth() == 8 && step == 1 && transparency == null && plain()) {
            System.arraycopy(row, 0, out, at * pixel.length, columns * pixel.length);
            return;
        }
        int channels = header.outputChannels();
        for (int x = 0; x < columns; x++) {
            for (int c = 0; c < pixel.length; c++) {
                pixel[c] = sample(row, x * pixel.length + c);
            }
            write(out, (at + x * step) * channels);
        }
    }

    private boolean plain() {
        return header.colour() == PngHeader.GRAY || header.colour() == PngHeader.RGB;
    }

    private int sample(byte[] row, int index) {
        return switch (header.depth()) {
            case 8 -> row[index] & 0xff;
            case 16 -> (row[2 * index] & 0xff) << 8 | row[2 * index + 1] & 0xff;
            default -> {
                int bit = index * header.depth();
                int shift = 8 - header.depth() - (bit & 7);
                yield (row[bit >> 3] & 0xff) >> shift & (1 << header.depth()) - 1;
            }
        };
    }

    private void write(byte[] out, int at) throws PictureException {
        int opaque = (1 << header.depth()) - 1;
        switch (header.colour()) {
            case PngHeader.PALETTE -> {
                int index = pixel[0];
                if (3 * index >= palette.length) {
                    throw new PictureException("PNG is damaged: palette index " + index + " of " + palette.length / 3);
                }
                System.arraycopy(palette, 3 * index, out, at, 3);
                if (transparency != null && index < transparency.length) {
                    blend(out, at, 3, transparency[index] & 0xff);
                }
            }
            case PngHeader.GRAY_ALPHA, PngHeader.RGB_ALPHA -> {
                int alpha = pixel[pixel.length - 1];
                if (alpha != opaque && !overBlack) {
                    throw transparent();
                }
                scale(out, at, pixel.length - 1, opaque);
                blend(out, at, pixel.length - 1, scaled(alpha, opaque));
            }
            default -> {
                scale(out, at, pixel.length, opaque);
                if (transparency != null && isColourKey()) {
                    blend(out, at, pixel.length, 0);
                }
            }
        }
    }

    /** To 8 bits: v · 255 / largest, rounded. */
    private void scale(byte[] out, int at, int channels, int largest) {
        for (int c = 0; c < channels; c++) {
            out[at + c] = (byte) scaled(pixel[c], largest);
        }
    }

    private static int scaled(int value, int largest) {
        return largest == 255 ? value : (2 * 255 * value + largest) / (2 * largest);
    }

    /** Lays a pixel of that opacity, 0 … 255, over black. */
    private void blend(byte[] out, int at, int channels, int alpha) throws PictureException {
        if (alpha == 255) {
            return;
        }
        if (!overBlack) {
            throw transparent();
        }
        for (int c = 0; c < channels; c++) {
            out[at + c] = (byte) (((out[at + c] & 0xff) * alpha + 127) / 255);
        }
    }

    private boolean isColourKey() {
        for (int c = 0; c < pixel.length; c++) {
            if (pixel[c] != ((transparency[2 * c] & 0xff) << 8 | transparency[2 * c + 1] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static PictureException transparent() {
        return new PictureException("PNG has transparent pixels: flatten it on a background first");
    }
}
