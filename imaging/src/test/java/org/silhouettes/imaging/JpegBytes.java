package org.silhouettes.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes JPEGs and changes their bytes. */
final class JpegBytes {

    private JpegBytes() {}

    /** Smooth noise of 1 or 3 channels, as ImageIO writes it. */
    static byte[] written(int width, int height, int channels, boolean progressive) throws IOException {
        BufferedImage image = new BufferedImage(
                width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(channels);
        for (int i = 0; i < width * height; i++) {
            for (int c = 0; c < channels; c++) {
                image.getRaster().setSample(i % width, i / width, c, 40 * (c + 1) + random.nextInt(100));
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (progressive) {
                param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** What ImageIO alone makes of the bytes. */
    static byte[] imageIo(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        int[] values = image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        byte[] samples = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = (byte) values[i];
        }
        return samples;
    }

    /** The bytes of unsigned numbers. */
    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] insert(byte[] file, int at, byte[] more) {
        byte[] out = Arrays.copyOf(file, file.length + more.length);
        System.arraycopy(more, 0, out, at, more.length);
        System.arraycopy(file, at, out, at + more.length, file.length - at);
        return out;
    }

    static byte[] remove(byte[] file, int from, int to) {
        byte[] out = Arrays.copyOf(file, file.length - (to - from));
        System.arraycopy(file, to, out, from, file.length - to);
        return out;
    }

    static byte[] with(byte[] file, int at, int value) {
        byte[] out = file.clone();
        out[at] = (byte) value;
        return out;
    }

    /** Index of the n-th marker of that kind. */
    static int indexOf(byte[] file, int marker, int n) {
        for (int i = 0, left = n; i < file.length - 1; i++) {
            if (file[i] == -1 && (file[i + 1] & 0xff) == marker && left-- == 0) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker + " number " + n);
    }
}
