package org.silhouettes.core.picture;

/**
 * What a JPEG's frame header claims (ITU-T T.81, B.2.2), found without decoding anything.
 *
 * @param precision bits a sample
 * @param components 1 gray, 3 colour, 4 CMYK
 */
record JpegHeader(int width, int height, int precision, int components) {

    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    static JpegHeader read(byte[] file) throws PictureException {
        if (file.length < 4 || u8(file, 0) != 0xff || u8(file, 1) != 0xd8) {
            throw new PictureException("not a JPEG: it does not start with the bytes ff d8");
        }
        JpegHeader header = null;
        int at = 2;
        while (true) {
            while (at < file.length - 1 && u8(file, at) == 0xff && u8(file, at + 1) == 0xff) {
                at++;
            }
            if (file.length - at < 4) {
                throw new PictureException("JPEG is cut short: no picture data in its " + file.length + " bytes");
            }
            if (u8(file, at) != 0xff) {
                throw new PictureException("JPEG is damaged: no marker at byte " + at);
            }
            int marker = u8(file, at + 1);
            int length = u16(file, at + 2);
            if (length < 2 || length > file.length - at - 2) {
                throw new PictureException("JPEG is cut short: the segment at byte " + at + " claims " + length
                        + " bytes, " + (file.length - at - 2) + " are left");
            }
            if (marker == START_OF_SCAN) {
                if (header == null) {
                    throw new PictureException("JPEG is damaged: no frame header before its picture data");
                }
                requireEnd(file, at + 2 + length);
                return header;
            }
            if (isFrame(marker)) {
                if (length < 8) {
                    throw new PictureException("JPEG is damaged: its frame header has " + length + " bytes");
                }
                header = new JpegHeader(u16(file, at + 7), u16(file, at + 5), u8(file, at + 4), u8(file, at + 9));
            }
            at += 2 + length;
        }
    }

    /** The decoder paints what is missing of a cut picture gray without an error, so the end must be there. */
    private static void requireEnd(byte[] file, int from) throws PictureException {
        for (int at = file.length - 2; at >= from; at--) {
            if (u8(file, at) == 0xff && u8(file, at + 1) == END_OF_IMAGE) {
                return;
            }
        }
        throw new PictureException("JPEG is cut short: the end-of-image marker is missing");
    }

    /** SOF0 … SOF15 without DHT, JPG and DAC, which lie between them. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static int u8(byte[] file, int at) {
        return file[at] & 0xff;
    }

    private static int u16(byte[] file, int at) {
        return u8(file, at) << 8 | u8(file, at + 1);
    }
}
