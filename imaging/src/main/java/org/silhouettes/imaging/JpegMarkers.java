package org.silhouettes.imaging;

/** Second bytes of JPEG's markers (ITU-T T.81, table B.1). */
final class JpegMarkers {

    static final int SOF0 = 0xc0;
    static final int SOF2 = 0xc2;
    static final int DHT = 0xc4;
    static final int RST0 = 0xd0;
    static final int RST7 = 0xd7;
    static final int SOI = 0xd8;
    static final int EOI = 0xd9;
    static final int SOS = 0xda;
    static final int DQT = 0xdb;
    static final int DRI = 0xdd;
    static final int APP0 = 0xe0;
    static final int APP2 = 0xe2;
    static final int APP15 = 0xef;
    static final int COM = 0xfe;

    private JpegMarkers() {}

    /** SOF0 … SOF15 without DHT, JPG and DAC, which lie between them. */
    static boolean isFrame(int marker) {
        return marker >= SOF0 && marker <= 0xcf && marker != DHT && marker != 0xc8 && marker != 0xcc;
    }

    static boolean isRestart(int marker) {
        return marker >= RST0 && marker <= RST7;
    }

    /** Segments that may stand between SOI and EOI any number of times. */
    static boolean isTableOrMiscellaneous(int marker) {
        return marker == DHT || marker == DQT || marker == DRI || marker == COM || marker >= APP0 && marker <= APP15;
    }

    /** The coding process of a frame marker. */
    static String process(int frameMarker) {
        return switch (frameMarker) {
            case 0xc0, 0xc1, 0xc2 -> "coded with Huffman codes";
            case 0xc3 -> "lossless";
            case 0xc5, 0xc6, 0xc7 -> "hierarchical";
            case 0xc9, 0xca -> "coded arithmetically";
            case 0xcb -> "lossless and coded arithmetically";
            default -> "hierarchical and coded arithmetically";
        };
    }

    static String hex(int marker) {
        return "ff " + Integer.toHexString(0x100 | marker).substring(1);
    }
}
