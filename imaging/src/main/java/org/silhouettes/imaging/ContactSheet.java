package org.silhouettes.imaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Many small pictures on one sheet, in rows from the top left, small ones magnified by a whole number. */
public final class ContactSheet {

    /** How values become gray levels. */
    public enum Tone {
        /** Per picture: zero is mid-gray, the largest absolute value is black or white. For atoms, which have signs. */
        SIGNED,
        /** 0 is black, 1 is white, beyond is clipped. For images and their means. */
        UNIT
    }

    private static final int GAP = 2;
    private static final byte BACKGROUND = 24;
    private static final int WISHED_TILE = 56;
    /** Samples of a sheet at most, unless its pictures alone have more: 8 MB, and about thrice that while it is made. */
    private static final int MAX_SAMPLES = 1 << 23;

    private static final int CLASS_COLUMNS = 10;

    private ContactSheet() {}

    /**
     * Atoms on a grid that is as square as possible.
     *
     * @param atoms [atoms, image.values()]
     */
    public static byte[] atoms(float[] atoms, ImageShape image) {
        List<float[]> tiles = tiles(atoms, image.values());
        return png(tiles, image, (int) Math.ceil(Math.sqrt(tiles.size())), Tone.SIGNED);
    }

    /**
     * Atoms with one group per row; on a square grid where a group is a single atom.
     *
     * @param atoms [groups * groupSize, image.values()]
     */
    public static byte[] atoms(float[] atoms, int groupSize, ImageShape image) {
        return groupSize == 1 ? atoms(atoms, image) : png(tiles(atoms, image.values()), image, groupSize, Tone.SIGNED);
    }

    /**
     * Class silhouettes: for each class its mean image above its mean reconstruction.
     *
     * @param meanImages a class's mean image each, [values] in [0, 1]
     * @param reconstructions a class's mean reconstruction each with the mean image added, [values]
     */
    public static byte[] classes(List<float[]> meanImages, List<float[]> reconstructions, ImageShape image) {
        int columns = Math.min(CLASS_COLUMNS, meanImages.size());
        List<float[]> tiles = new ArrayList<>();
        for (int from = 0; from < meanImages.size(); from += columns) {
            int to = Math.min(from + columns, meanImages.size());
            tiles.addAll(meanImages.subList(from, to));
            while (tiles.size() % columns != 0) {
                tiles.add(null);
            }
            tiles.addAll(reconstructions.subList(from, to));
            while (tiles.size() % columns != 0) {
                tiles.add(null);
            }
        }
        return png(tiles, image, columns, Tone.UNIT);
    }

    /**
     * The sheet as a PNG.
     *
     * @param tiles pictures, [image.values()] each, or null for an empty place; at least one
     */
    public static byte[] png(List<float[]> tiles, ImageShape image, int columns, Tone tone) {
        if (tiles.isEmpty() || columns < 1) {
            throw new IllegalArgumentException(
                    "a contact sheet of " + tiles.size() + " pictures in " + columns + " columns is empty");
        }
        int rows = (tiles.size() + columns - 1) / columns;
        int scale = scale(image, rows, columns);
        int width = columns * (image.width() * scale + GAP) + GAP;
        int height = rows * (image.height() * scale + GAP) + GAP;
        ImageShape sheet = new ImageShape(height, width, image.channels());
        byte[] samples = new byte[sheet.values()];
        Arrays.fill(samples, BACKGROUND);
        for (int i = 0; i < tiles.size(); i++) {
            if (tiles.get(i) != null) {
                int top = i / columns * (image.height() * scale + GAP) + GAP;
                int left = i % columns * (image.width() * scale + GAP) + GAP;
                draw(tiles.get(i), image, tone, scale, samples, (top * width + left) * image.channels(), width);
            }
        }
        return PngEncoder.encode(new Picture(sheet, samples));
    }

    /** As large as wished, or as fits. */
    private static int scale(ImageShape image, int rows, int columns) {
        int scale = Math.max(1, WISHED_TILE / Math.max(image.height(), image.width()));
        while (scale > 1 && samples(image, rows, columns, scale) > MAX_SAMPLES) {
            scale--;
        }
        return scale;
    }

    private static double samples(ImageShape image, double rows, double columns, int scale) {
        double width = columns * ((double) image.width() * scale + GAP) + GAP;
        double height = rows * ((double) image.height() * scale + GAP) + GAP;
        return width * height * image.channels();
    }

    /** Bytes that the making of a sheet takes besides its pictures, about. */
    public static double bytes(ImageShape image, int tiles, int columns) {
        int rows = (tiles + columns - 1) / columns;
        return 3 * samples(image, rows, columns, scale(image, rows, columns));
    }

    /** The same of a sheet of classes, with the copies of their reconstructions. */
    public static double bytesOfClasses(ImageShape image, int classes) {
        int columns = Math.max(1, Math.min(CLASS_COLUMNS, classes));
        int rows = 2 * ((classes + columns - 1) / columns);
        return classes == 0
                ? 0
                : 3 * samples(image, rows, columns, scale(image, rows, columns)) + 4.0 * classes * image.values();
    }

    /** Classes whose silhouettes fit on one sheet; 0 where one alone would be too large. */
    public static int classesThatFit(ImageShape image) {
        double bandOfRows = samples(image, 2, CLASS_COLUMNS, 1);
        if (bandOfRows <= MAX_SAMPLES) {
            return (int) (MAX_SAMPLES / bandOfRows) * CLASS_COLUMNS;
        }
        int classes = CLASS_COLUMNS - 1;
        while (classes > 0 && samples(image, 2, classes, 1) > MAX_SAMPLES) {
            classes--;
        }
        return classes;
    }

    private static void draw(float[] tile, ImageShape image, Tone tone, int scale, byte[] out, int origin, int width) {
        float largest = 0;
        for (float value : tile) {
            largest = Math.max(largest, Math.abs(value));
        }
        float gain = tone == Tone.UNIT ? 255 : largest == 0 ? 0 : 127 / largest;
        float zero = tone == Tone.UNIT ? 0 : 128;
        int channels = image.channels();
        int stride = width * channels;
        int rowLength = image.width() * scale * channels;
        for (int y = 0; y < image.height(); y++) {
            int top = origin + y * scale * stride;
            int at = top;
            for (int x = 0; x < image.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    int level = Math.round(zero + gain * tile[(y * image.width() + x) * channels + c]);
                    byte sample = (byte) Math.max(0, Math.min(255, level));
                    for (int copy = 0; copy < scale; copy++) {
                        out[at + copy * channels + c] = sample;
                    }
                }
                at += scale * channels;
            }
            for (int copy = 1; copy < scale; copy++) {
                System.arraycopy(out, top, out, top + copy * stride, rowLength);
            }
        }
    }

    private static List<float[]> tiles(float[] all, int values) {
        List<float[]> tiles = new ArrayList<>(all.length / values);
        for (int from = 0; from < all.length; from += values) {
            tiles.add(Arrays.copyOfRange(all, from, from + values));
        }
        return tiles;
    }
}
