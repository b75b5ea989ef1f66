package org.silhouettes.producers.format;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * A PNG or JPEG file as 8-bit samples: gray as one channel, everything else as RGB; transparent pixels are laid over
 * black.
 *
 * @param samples row-major, channel-last, [shape.values()]
 */
@SuppressWarnings("ArrayRecordComponent")
public record PictureFile(byte[] samples, ImageShape shape) {

    private static final long MOST_PIXELS = 100_000_000;

    /** Reads a file; an error names it and what is wrong. */
    public static PictureFile read(Path file) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(Files.newInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new FormatException(file, 0, "it is neither PNG nor JPEG, whatever its name says");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return read(file, reader);
            } finally {
                reader.dispose();
            }
        }
    }

    private static PictureFile read(Path file, ImageReader reader) throws IOException {
        long reached = 0;
        try {
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > MOST_PIXELS) {
                throw new FormatException(
                        file,
                        0,
                        "its header claims " + reader.getWidth(0) + "x" + reader.getHeight(0)
                                + " pixels, at most 100 million are taken");
            }
            // the JPEG reader only warns of a file cut short, and fills what is missing with gray
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            BufferedImage image = reader.read(0);
            for (String warning : warnings) {
                if (warning.toLowerCase(Locale.ROOT).matches("(?s).*(premature end|invalid sos).*")) {
                    throw new IOException(warning);
                }
            }
            return samples(image);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (reader.getInput() instanceof ImageInputStream in) {
                reached = in.getStreamPosition();
            }
            throw new FormatException(file, reached, "it cannot be decoded (" + e.getMessage() + ")");
        }
    }

    private static PictureFile samples(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int height = image.getHeight();
        // getRGB would bend gray values: Java takes gray for linear light
        boolean gray = raster.getNumBands() <= 2 && image.getColorModel() instanceof ComponentColorModel;
        byte[] samples = new byte[width * height * (gray ? 1 : 3)];
        if (gray) {
            grayInto(samples, raster, image.getColorModel().getComponentSize(0) - 8);
        } else {
            rgbInto(samples, image.getRGB(0, 0, width, height, null, 0, width));
        }
        return new PictureFile(samples, new ImageShape(height, width, gray ? 1 : 3));
    }

    private static void grayInto(byte[] samples, Raster raster, int shift) {
        int[] values = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 0, (int[]) null);
        int[] alphas = raster.getNumBands() == 2
                ? raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), 1, (int[]) null)
                : null;
        for (int i = 0; i < samples.length; i++) {
            int value = shifted(values[i], shift);
            samples[i] = (byte) (alphas == null ? value : overBlack(value, shifted(alphas[i], shift)));
        }
    }

    private static void rgbInto(byte[] samples, int[] argb) {
        for (int i = 0, at = 0; i < argb.length; i++) {
            int alpha = argb[i] >>> 24;
            samples[at++] = (byte) overBlack(argb[i] >> 16 & 0xff, alpha);
            samples[at++] = (byte) overBlack(argb[i] >> 8 & 0xff, alpha);
            samples[at++] = (byte) overBlack(argb[i] & 0xff, alpha);
        }
    }

    /** A value of 8 + {@code shift} bits as 8 bits. */
    private static int shifted(int value, int shift) {
        if (shift >= 0) {
            return value >>> shift;
        }
        return value * 255 / ((1 << (8 + shift)) - 1);
    }

    private static int overBlack(int value, int alpha) {
        return (value * alpha + 127) / 255;
    }
}
