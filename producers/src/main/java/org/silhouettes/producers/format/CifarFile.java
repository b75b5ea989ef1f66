package org.silhouettes.producers.format;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.silhouettes.imaging.ImageShape;

/**
 * A file of CIFAR-10's binary version: records of 3073 bytes, a label and the red, green and blue planes of a 32x32
 * image, each row-major. The file is mapped, not read into memory. Source: Krizhevsky, "The CIFAR-10 dataset".
 */
public final class CifarFile {

    /** Shape of every image. */
    public static final ImageShape SHAPE = new ImageShape(32, 32, 3);

    private static final int PLANE = 32 * 32;
    private static final int RECORD = 1 + 3 * PLANE;

    private final MappedByteBuffer records;
    private final int images;

    private CifarFile(MappedByteBuffer records, int images) {
        this.records = records;
        this.images = images;
    }

    /** Bytes of a file with the given number of images. */
    public static long bytes(int images) {
        return (long) RECORD * images;
    }

    /**
     * Opens a file that has to hold {@code images} images with labels 0 … classes − 1; an error names the file, the
     * offset and the rule.
     */
    public static CifarFile open(Path file, int images, int classes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != bytes(images)) {
                throw new FormatException(
                        file,
                        Math.min(channel.size(), bytes(images)),
                        "the file has " + channel.size() + " bytes, " + images + " images of " + RECORD
                                + " bytes each have " + bytes(images));
            }
            MappedByteBuffer records = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            CifarFile opened = new CifarFile(records, images);
            for (int i = 0; i < images; i++) {
                if (opened.label(i) >= classes) {
                    throw new FormatException(
                            file,
                            (long) i * RECORD,
                            "label is " + opened.label(i) + ", it must be 0 to " + (classes - 1));
                }
            }
            return opened;
        }
    }

    public int images() {
        return images;
    }

    /** Label of image {@code i}. */
    public int label(int i) {
        return records.get(i * RECORD) & 0xff;
    }

    /** Samples of image {@code i}, row-major, channel-last, [32, 32, 3]. */
    public byte[] samples(int i) {
        byte[] planes = new byte[3 * PLANE];
        records.get(i * RECORD + 1, planes);
        byte[] samples = new byte[3 * PLANE];
        for (int pixel = 0, at = 0; pixel < PLANE; pixel++) {
            samples[at++] = planes[pixel];
            samples[at++] = planes[PLANE + pixel];
            samples[at++] = planes[2 * PLANE + pixel];
        }
        return samples;
    }
}
