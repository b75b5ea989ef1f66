package org.silhouettes.imaging;

/**
 * Decodes PNG, JPEG and raw 8-bit samples. Whatever the bytes, it returns a picture or throws {@link PictureException},
 * and allocates no more than the limits allow. Holds buffers, so it is not thread-safe; one for each thread.
 */
public final class PictureDecoder {

    private final PictureLimits limits;
    private final DecodeWork work = new DecodeWork();
    private final PngDecoder png;
    private final JpegDecoder jpeg;

    public PictureDecoder(PictureLimits limits) {
        this.limits = limits;
        this.png = new PngDecoder(limits, work);
        this.jpeg = new JpegDecoder(limits, work);
    }

    /** A PNG of any colour type, depth and interlacing; transparent pixels are refused. */
    public Picture png(byte[] bytes) throws PictureException {
        checkBytes(bytes);
        return decoded("PNG", bytes, file -> png.decode(file, false));
    }

    /** The same with transparent pixels laid over black. */
    public Picture pngOverBlack(byte[] bytes) throws PictureException {
        checkBytes(bytes);
        return decoded("PNG", bytes, file -> png.decode(file, true));
    }

    /** A JPEG of one or three components of 8 bits, whole and undamaged; CMYK is refused. */
    public Picture jpeg(byte[] bytes) throws PictureException {
        checkBytes(bytes);
        return decoded("JPEG", bytes, jpeg::decode);
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

    /** The work since this decoder was made. */
    public DecodeWork work() {
        return work;
    }

    private interface Format {
        Picture decode(byte[] bytes) throws PictureException;
    }

    private static Picture decoded(String name, byte[] bytes, Format format) throws PictureException {
        try {
            return format.decode(bytes);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            if (InputFault.explains(e)) {
                throw new PictureException(name + " cannot be decoded: " + InputFault.text(e), e);
            }
            throw e;
        }
    }

    private void checkBytes(byte[] bytes) throws PictureException {
        if (bytes.length == 0) {
            throw new PictureException("picture is empty: 0 bytes");
        }
        limits.checkBytes(bytes.length);
    }
}
