package org.silhouettes.wire.message;

import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.wire.Headers;

/**
 * The bytes of an image and what they are.
 *
 * @param type {@code image/png}, {@code image/jpeg} or {@code application/x-raw-image}
 * @param bytes a file, or the samples of a raw image: 8 bits, row-major, channel-last
 * @param size of a raw image as declared; null for files, which have their own
 */
@SuppressWarnings("ArrayRecordComponent")
public record ImageContent(String type, byte[] bytes, Size size) {

    /** Declared size of a raw image; not checked. */
    public record Size(int width, int height, int channels) {}

    /** A PNG or JPEG file. */
    public static ImageContent file(String type, byte[] bytes) {
        return new ImageContent(type, bytes, null);
    }

    /** A raw image. */
    public static ImageContent raw(byte[] samples, int width, int height, int channels) {
        return new ImageContent(Headers.RAW, samples, new Size(width, height, channels));
    }

    /** Whether that is the type of an image. */
    public static boolean isImage(String type) {
        return Headers.RAW.equals(type) || Headers.PNG.equals(type) || Headers.JPEG.equals(type);
    }

    /**
     * Decodes the picture.
     *
     * @throws PictureException where the bytes are no such picture, or one over the decoder's limits
     */
    public Picture picture(PictureDecoder decoder) throws PictureException {
        return switch (type) {
            case Headers.RAW -> decoder.raw(bytes, size.width(), size.height(), size.channels());
            case Headers.PNG -> decoder.png(bytes);
            default -> decoder.jpeg(bytes);
        };
    }
}
