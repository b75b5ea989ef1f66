package org.silhouettes.imaging;

import java.io.Serializable;

/**
 * What a decoder takes at most; both are checked before anything is allocated or inflated.
 *
 * @param maxBytes bytes of the encoded picture
 * @param maxPixels pixels (height · width) that the picture claims to have
 */
public record PictureLimits(long maxBytes, long maxPixels) implements Serializable {

    /** 16 MiB and four million pixels. */
    public static final PictureLimits DEFAULTS = new PictureLimits(16L << 20, 4_000_000);

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    public PictureLimits {
        if (maxBytes < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "picture limits are " + maxBytes + " bytes and " + maxPixels + " pixels, both must be at least 1");
        }
    }

    void checkBytes(long bytes) throws PictureException {
        if (bytes > maxBytes) {
            throw new PictureException("picture has " + bytes + " bytes, at most " + maxBytes + " are taken");
        }
    }

    /** Checks a claimed size: positive, within the limit, and with three samples a pixel within an array. */
    void checkPixels(long width, long height) throws PictureException {
        if (width < 1 || height < 1) {
            throw new PictureException("picture claims " + width + "x" + height + " pixels (width x height): both must"
                    + " be at least 1");
        }
        long most = Math.min(maxPixels, MAX_ARRAY / 3);
        if (width > most || height > most || width * height > most) {
            throw new PictureException("picture claims " + width + "x" + height + " pixels (width x height), at most "
                    + most + " are taken");
        }
    }
}
