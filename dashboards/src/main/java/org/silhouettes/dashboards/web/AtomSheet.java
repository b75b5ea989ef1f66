package org.silhouettes.dashboards.web;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.silhouettes.core.dictionary.DictionaryShape;
import org.silhouettes.imaging.ImageShape;

/** Draws atoms as one PNG: a row of the sheet a group, one pixel between atoms, each atom stretched around mid-gray. */
final class AtomSheet {

    private static final int MID = 128;
    private static final int GAP = 0xff202020;
    private static final long MAX_PIXELS = 40_000_000;

    private AtomSheet() {}

    /**
     * @param atoms [atoms, values]
     * @param firstGroup first group drawn
     * @param groups how many groups are drawn
     */
    static byte[] png(DictionaryShape shape, float[] atoms, int firstGroup, int groups) {
        ImageShape image = shape.image();
        int stepX = image.width() + 1;
        int stepY = image.height() + 1;
        if ((long) stepX * shape.groupSize() * stepY * groups > MAX_PIXELS) {
            throw new IllegalArgumentException("that picture would have over " + MAX_PIXELS
                    + " pixels: ask for one group at a time, or for the .npy");
        }
        BufferedImage sheet =
                new BufferedImage(stepX * shape.groupSize() - 1, stepY * groups - 1, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = 0; x < sheet.getWidth(); x++) {
                sheet.setRGB(x, y, GAP);
            }
        }
        for (int g = 0; g < groups; g++) {
            for (int j = 0; j < shape.groupSize(); j++) {
                int atom = (firstGroup + g) * shape.groupSize() + j;
                draw(sheet, image, atoms, atom * shape.values(), j * stepX, g * stepY);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(sheet, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void draw(BufferedImage sheet, ImageShape image, float[] values, int from, int left, int top) {
        float largest = Float.MIN_NORMAL;
        for (int i = from; i < from + image.values(); i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        int channels = image.channels();
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int at = from + (y * image.width() + x) * channels;
                int red = level(values[at], largest);
                int green = channels == 1 ? red : level(values[at + 1], largest);
                int blue = channels == 1 ? red : level(values[at + 2], largest);
                sheet.setRGB(left + x, top + y, 0xff000000 | red << 16 | green << 8 | blue);
            }
        }
    }

    private static int level(float value, float largest) {
        return Math.min(255, Math.max(0, Math.round(MID + 127 * value / largest)));
    }
}
