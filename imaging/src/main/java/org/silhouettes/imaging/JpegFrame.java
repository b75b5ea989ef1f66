package org.silhouettes.imaging;

import java.util.List;

/**
 * A JPEG's frame header (ITU-T T.81, B.2.2): size and components, read without decoding anything.
 *
 * @param progressive SOF2; otherwise SOF0 or SOF1, sequential
 * @param components 1 gray or 3 colour, in the order of the frame
 */
record JpegFrame(int width, int height, boolean progressive, List<Component> components) {

    private static final int BLOCK = 8;
    private static final int MAX_SAMPLING = 4;

    /**
     * A component of the frame.
     *
     * @param horizontal sampling factor, 1 … 4
     * @param vertical sampling factor, 1 … 4
     */
    record Component(int id, int horizontal, int vertical) {}

    JpegFrame {
        components = List.copyOf(components);
    }

    /** Reads the frame header whose marker stands at {@code at}; the size is not checked here. */
    static JpegFrame read(byte[] file, int at, int length) throws PictureException {
        int marker = u8(file, at + 1);
        if (marker > JpegMarkers.SOF2) {
            throw new PictureException("JPEG is " + JpegMarkers.process(marker)
                    + ": baseline, extended and progressive with Huffman coding are taken, convert it");
        }
        if (length < 8) {
            throw new PictureException("JPEG is damaged: its frame header has " + length + " bytes");
        }
        int precision = u8(file, at + 4);
        if (precision != 8) {
            throw new PictureException("JPEG has samples of " + precision + " bits, 8 are taken");
        }
        int count = u8(file, at + 9);
        if (count != 1 && count != 3) {
            throw new PictureException("JPEG has " + count
                    + " components (4 is CMYK): gray (1) or colour (3) are taken, convert it to RGB");
        }
        if (length != 8 + 3 * count) {
            throw new PictureException(
                    "JPEG is damaged: its frame header has " + length + " bytes for " + count + " components");
        }
        Component[] components = new Component[count];
        for (int c = 0; c < count; c++) {
            components[c] = component(file, at + 10 + 3 * c);
            for (int other = 0; other < c; other++) {
                if (components[other].id() == components[c].id()) {
                    throw new PictureException("JPEG is damaged: two components have the id " + components[c].id());
                }
            }
        }
        int height = u8(file, at + 5) << 8 | u8(file, at + 6);
        int width = u8(file, at + 7) << 8 | u8(file, at + 8);
        return new JpegFrame(width, height, marker == JpegMarkers.SOF2, List.of(components));
    }

    private static Component component(byte[] file, int at) throws PictureException {
        int sampling = u8(file, at + 1);
        int horizontal = sampling >> 4;
        int vertical = sampling & 15;
        if (horizontal < 1 || horizontal > MAX_SAMPLING || vertical < 1 || vertical > MAX_SAMPLING) {
            throw new PictureException("JPEG is damaged: a component has the sampling factors " + horizontal + "x"
                    + vertical + ", 1 to " + MAX_SAMPLING + " are allowed");
        }
        return new Component(u8(file, at), horizontal, vertical);
    }

    /** Index of the component with that id, or −1. */
    int indexOf(int id) {
        for (int c = 0; c < components.size(); c++) {
            if (components.get(c).id() == id) {
                return c;
            }
        }
        return -1;
    }

    /** Samples of all components, padded to whole MCUs as a decoder allocates them. */
    long paddedSamples() {
        long blocks = 0;
        for (Component component : components) {
            blocks += mcus(width, maxHorizontal())
                    * component.horizontal()
                    * mcus(height, maxVertical())
                    * component.vertical();
        }
        return blocks * BLOCK * BLOCK;
    }

    /** Blocks that a scan of these components codes (A.2): whole MCUs where it is interleaved. */
    long blocksOf(List<Integer> scan) {
        if (scan.size() == 1) {
            Component component = components.get(scan.get(0));
            return blocksAlong(width, component.horizontal(), maxHorizontal())
                    * blocksAlong(height, component.vertical(), maxVertical());
        }
        long perMcu = 0;
        for (int c : scan) {
            perMcu += (long) components.get(c).horizontal() * components.get(c).vertical();
        }
        return mcus(width, maxHorizontal()) * mcus(height, maxVertical()) * perMcu;
    }

    private static long mcus(int pixels, int sampling) {
        return ((long) pixels + BLOCK * sampling - 1) / (BLOCK * sampling);
    }

    private static long blocksAlong(int pixels, int sampling, int largest) {
        long samples = ((long) pixels * sampling + largest - 1) / largest;
        return (samples + BLOCK - 1) / BLOCK;
    }

    private int maxHorizontal() {
        return components.stream().mapToInt(Component::horizontal).max().orElse(1);
    }

    private int maxVertical() {
        return components.stream().mapToInt(Component::vertical).max().orElse(1);
    }

    private static int u8(byte[] file, int at) {
        return file[at] & 0xff;
    }
}
