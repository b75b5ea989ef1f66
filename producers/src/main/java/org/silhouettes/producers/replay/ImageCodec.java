package org.silhouettes.producers.replay;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PngEncoder;
import org.silhouettes.wire.Headers;

/** Writes images in the encodings that travel. */
final class ImageCodec {

    private static final float JPEG_QUALITY = 0.95f;

    private ImageCodec() {}

    static String contentType(Encoding encoding) {
        return switch (encoding) {
            case RAW -> Headers.RAW;
            case PNG -> Headers.PNG;
            case JPEG -> Headers.JPEG;
        };
    }

    /** @param samples 8-bit, row-major, channel-last, [shape.values()]; returned as they are for {@link Encoding#RAW} */
    static byte[] encode(byte[] samples, ImageShape shape, Encoding encoding) throws IOException {
        return switch (encoding) {
            case RAW -> samples;
            case PNG -> PngEncoder.encode(new Picture(shape, samples));
            case JPEG -> jpeg(bufferedImage(samples, shape));
        };
    }

    private static BufferedImage bufferedImage(byte[] samples, ImageShape shape) {
        boolean gray = shape.channels() == 1;
        BufferedImage picture = new BufferedImage(
                shape.width(), shape.height(), gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] data = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
        if (gray) {
            System.arraycopy(samples, 0, data, 0, samples.length);
        } else {
            for (int i = 0; i < samples.length; i += 3) {
                data[i] = samples[i + 2];
                data[i + 1] = samples[i + 1];
                data[i + 2] = samples[i];
            }
        }
        return picture;
    }

    private static byte[] jpeg(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(JPEG_QUALITY);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
