package org.silhouettes.core.picture;

import org.silhouettes.core.dictionary.ImageShape;

/**
 * Decodes PNG, JPEG and raw 8-bit samples. Whatever the bytes, it returns a picture or throws {@link PictureException},
 * and allocates no more than the limits allow. Holds buffers, so it is not thread-safe; one for each thread.
 */
public final class PictureDecoder {

    private final PictureLimits limits;
    private final PngDecoder png;
    private final JpegDecoder jpeg;

    public PictureDecoder(PictureLimits limits) {
        this.limits = limits;
        this.png = new PngDecoder(limits);
        this.jpeg = new JpegDecoder(limits);
    }

    /** A PNG of any colour type, depth and interlacing; transparent pixels are refused. */
    public Picture png(byte[] bytes) throws PictureException {
        checkBytes(bytes);
        return png.decode(bytes);
    }

    /** A JPEG of one or three components of 8 bits; CMYK is refused. */
    public Picture jpeg(byte[] bytes) throws PictureException {
        checkBytes(bytes);
        return jpeg.decode(bytes);
    }

    /** Raw samples, row-major, channel-last; the array is kept, not copied. */
    public Picture raw(byte[] samples, long width, long height, long channels) throws PictureException {
        checkBytes(samples);
        limits.checkPixels(width, height);
        if (channels != 1 && channels != 3) {
            throw new PictureException(
                    "raw picture claims " + channels + " channels: 1 (gray) or 3 (RGB) are taken, without alpha");
        }
        long needed = width * height * channels;
        if (samples.length != needed) {
            throw new PictureException("raw picture has " + samples.length + " bytes, " + height + "x" + width + "x"
                    + channels + " (height x width x channels) needs " + needed);
        }
        return new Picture(new ImageShape((int) height, (int) width, (int) channels), samples);
    }

    private void checkBytes(byte[] bytes) throws PictureException {
        if (bytes.length == 0) {
            throw new PictureException("picture is empty: 0 bytes");
        }
        limits.checkBytes(bytes.length);
    }
}
