package org.silhouettes.producers.format;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The IDX format of unsigned bytes, in which MNIST and its kin are published: a big-endian magic number 0x0000080D (D
 * dimensions), D big-endian sizes, then the bytes in C order. Gzipped files are recognised by their first two bytes. Source:
 * LeCun, Cortes & Burges, "The MNIST database of handwritten digits".
 */
public final class IdxFile {

    private static final int LABELS_MAGIC = 0x0801;
    private static final int IMAGES_MAGIC = 0x0803;
    private static final int MAX_SIDE = 1 << 14;

    private IdxFile() {}

    /**
     * Gray images.
     *
     * @param samples [count, height, width], 8-bit
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Images(int count, int height, int width, byte[] samples) {}

    /** Reads an {@code idx3-ubyte} file; an error names the file, the offset and the rule. */
    public static Images readImages(Path file) throws IOException {
        try (BoundedReader in = BoundedReader.open(file)) {
            requireMagic(file, in, IMAGES_MAGIC, "images");
            int count = size(file, in, "the number of images", Integer.MAX_VALUE);
            int height = size(file, in, "the height", MAX_SIDE);
            int width = size(file, in, "the width", MAX_SIDE);
            long bytes = (long) count * height * width;
            requireMemory(file, in.offset(), bytes);
            byte[] samples = in.readFully((int) bytes, count + " images of " + height + "x" + width);
            in.requireEnd(count + " images");
            return new Images(count, height, width, samples);
        }
    }

    /**
     * Reads an {@code idx1-ubyte} file.
     *
     * @param classes a label is 0 … classes − 1, unsigned; 256 takes any
     * @return [count]
     */
    public static byte[] readLabels(Path file, int classes) throws IOException {
        try (BoundedReader in = BoundedReader.open(file)) {
            requireMagic(file, in, LABELS_MAGIC, "labels");
            int count = size(file, in, "the number of labels", Integer.MAX_VALUE);
            requireMemory(file, in.offset(), count);
            long start = in.offset();
            byte[] labels = in.readFully(count, count + " labels");
            in.requireEnd(count + " labels");
            for (int i = 0; i < count; i++) {
                if ((labels[i] & 0xff) >= classes) {
                    throw new FormatException(
                            file, start + i, "label is " + (labels[i] & 0xff) + ", it must be 0 to " + (classes - 1));
                }
            }
            return labels;
        }
    }

    private static void requireMagic(Path file, BoundedReader in, int expected, String what) throws IOException {
        int magic = in.readInt("the magic number");
        if (magic != expected) {
            throw new FormatException(
                    file,
                    0,
                    String.format(
                            "magic number is 0x%08x, an IDX file of %s starts with 0x%08x", magic, what, expected));
        }
    }

    private static int size(Path file, BoundedReader in, String what, int max) throws IOException {
        int size = in.readInt(what);
        if (size < 1 || size > max) {
            throw new FormatException(
                    file,
                    in.offset() - Integer.BYTES,
                    what + " is " + Integer.toUnsignedString(size) + ", it must be 1 to " + max);
        }
        return size;
    }

    private static void requireMemory(Path file, long offset, long bytes) throws FormatException {
        long most = Math.min(Integer.MAX_VALUE - 16, Runtime.getRuntime().maxMemory() / 2);
        if (bytes > most) {
            throw new FormatException(
                    file,
                    offset,
                    "the sizes ask for " + bytes + " bytes, at most " + most
                            + " (half the heap) are taken: correct them or give the JVM a larger -Xmx");
        }
    }
}
