package org.silhouettes.core.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * JPEG by the JDK's ImageIO, behind a scan of the markers that knows size and components before a decoder sees the
 * bytes. One reader serves all pictures until one upsets it. Not thread-safe.
 */
final class JpegDecoder {

    private final PictureLimits limits;
    private ImageReader reader;

    JpegDecoder(PictureLimits limits) {
        this.limits = limits;
    }

    Picture decode(byte[] bytes) throws PictureException {
        JpegHeader header = JpegHeader.read(bytes);
        limits.checkPixels(header.width(), header.height());
        if (header.precision() != 8) {
            throw new PictureException("JPEG has samples of " + header.precision() + " bits, 8 are taken");
        }
        if (header.components() != 1 && header.components() != 3) {
            throw new PictureException("JPEG has " + header.components()
                    + " components (4 is CMYK): gray (1) or colour (3) are taken, convert it to RGB");
        }
        BufferedImage image = read(bytes);
        if (image.getWidth() != header.width() || image.getHeight() != header.height()) {
            throw new PictureException("JPEG is damaged: it claims " + header.width() + "x" + header.height()
                    + " pixels and holds " + image.getWidth() + "x" + image.getHeight());
        }
        return samples(image.getRaster(), header);
    }

    private BufferedImage read(byte[] bytes) throws PictureException {
        if (reader == null) {
            reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        }
        boolean done = false;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            BufferedImage image = reader.read(0);
            done = true;
            return image;
        } catch (IOException | RuntimeException e) {
            throw new PictureException("JPEG is damaged: " + e.getMessage(), e);
        } finally {
            if (done) {
                reader.setInput(null);
            } else {
                reader.dispose();
                reader = null;
            }
        }
    }

    private static Picture samples(Raster raster, JpegHeader header) throws PictureException {
        int channels = header.components();
        if (raster.getNumBands() != channels) {
            throw new PictureException(
                    "JPEG is damaged: it claims " + channels + " components and holds " + raster.getNumBands());
        }
        byte[] samples = new byte[Math.multiplyExact(header.width() * header.height(), channels)];
        int[] row = new int[header.width() * channels];
        for (int y = 0, at = 0; y < header.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, header.width(), 1, row);
            for (int value : row) {
                samples[at++] = (byte) value;
            }
        }
        return new Picture(new ImageShape(header.height(), header.width(), channels), samples);
    }
}
