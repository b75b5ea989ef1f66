package org.silhouettes.imaging;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG by the JDK's ImageIO, behind {@link JpegStructure}, which bounds size, memory and scans first. A picture that the
 * decoder warns of is refused: it fills what is missing with gray and only warns. One reader serves all pictures until one
 * upsets it. Not thread-safe.
 */
final class JpegDecoder {

    /** The one warning that says nothing of the pixels: they come without a conversion then. */
    private static final String BAD_PROFILE = "Embedded color profile is invalid";

    private static final Pattern BYTES_BEFORE_END =
            Pattern.compile("Corrupt JPEG data: (\\d{1,9}) extraneous bytes before marker 0xd9");

    private final PictureLimits limits;
    private final DecodeWork work;
    private final List<String> warnings = new ArrayList<>();
    private ImageReader reader;

    JpegDecoder(PictureLimits limits, DecodeWork work) {
        this.limits = limits;
        this.work = work;
    }

    Picture decode(byte[] bytes) throws PictureException {
        JpegStructure structure = JpegStructure.read(bytes, limits);
        byte[] stream = structure.stream();
        BufferedImage image = read(structure.frame(), structure.scans(), stream);
        int padding = warnings.size() == 1 ? zerosBeforeEnd(warnings.get(0), stream) : 0;
        if (padding > 0) {
            // some cameras pad the data; as libjpeg reports its first warning alone, decode without the padding to see
            // others
            stream = Arrays.copyOf(stream, stream.length - padding);
            stream[stream.length - 2] = (byte) 0xff;
            stream[stream.length - 1] = (byte) JpegMarkers.EOI;
            image = read(structure.frame(), structure.scans(), stream);
        }
        if (!warnings.isEmpty()) {
            throw new PictureException("JPEG is damaged or cut short: the decoder reports \"" + warnings.get(0) + "\"");
        }
        return samples(image.getRaster(), structure.frame());
    }

    /** Number of extraneous bytes that a warning reports, where they are zeros directly before the end marker; else 0. */
    private static int zerosBeforeEnd(String warning, byte[] stream) {
        Matcher matcher = BYTES_BEFORE_END.matcher(warning);
        int count = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        int end = stream.length - 2;
        for (int i = 1; i <= count; i++) {
            if (i > end || stream[end - i] != 0) {
                return 0;
            }
        }
        return count;
    }

    private BufferedImage read(JpegFrame frame, int scans, byte[] bytes) throws PictureException {
        if (reader == null) {
            reader = ImageIO.getImageReadersByFormatName("jpeg").next();
            reader.addIIOReadWarningListener((source, warning) -> {
                if (!warning.startsWith(BAD_PROFILE)) {
                    warnings.add(warning);
                }
            });
        }
        warnings.clear();
        boolean done = false;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            requireSame(frame);
            work.add(scans, (long) frame.width() * frame.height());
            BufferedImage image = reader.read(0);
            done = true;
            return image;
        } catch (IOException e) {
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

    /** Compares the reader's own view of the header with the one that was checked, before the reader allocates. */
    private void requireSame(JpegFrame frame) throws IOException, PictureException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        int bands = reader.getImageTypes(0).next().getNumBands();
        if (width != frame.width()
                || height != frame.height()
                || bands != frame.components().size()) {
            throw new PictureException("JPEG is damaged: its header says " + frame.width() + "x" + frame.height()
                    + " pixels of " + frame.components().size() + " components, the decoder finds " + width + "x"
                    + height + " of " + bands);
        }
    }

    private static Picture samples(Raster raster, JpegFrame frame) throws PictureException {
        int channels = frame.components().size();
        if (raster.getNumBands() != channels
                || raster.getWidth() != frame.width()
                || raster.getHeight() != frame.height()) {
            throw new PictureException("JPEG is damaged: it claims " + frame.width() + "x" + frame.height()
                    + " pixels of " + channels + " components and holds " + raster.getWidth() + "x"
                    + raster.getHeight() + " of " + raster.getNumBands());
        }
        byte[] samples = new byte[frame.width() * frame.height() * channels];
        int[] row = new int[frame.width() * channels];
        for (int y = 0, at = 0; y < frame.height(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, frame.width(), 1, row);
            for (int value : row) {
                samples[at++] = (byte) value;
            }
        }
        return new Picture(new ImageShape(frame.height(), frame.width(), channels), samples);
    }
}
