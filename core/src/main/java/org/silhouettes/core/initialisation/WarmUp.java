package org.silhouettes.core.initialisation;

import java.util.List;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Samples;

/**
 * Buffered images for an initialisation or a search for new groups. 8-bit samples are converted to float32 on demand, because
 * float32 copies of a warm-up of large images are the largest arrays that a model needs.
 */
public final class WarmUp {

    private final ImageShape image;
    /** [count, values], or null if there are samples. */
    private final float[] centred;

    private final List<byte[]> samples;
    private final float[] mean;
    private final int count;
    private final List<String> labels;

    /**
     * @param image shape of one image
     * @param centred images minus their mean image, [count, image.values()], row-major
     * @param mean the mean image that was subtracted, [image.values()]
     * @param count number of images, ≥ 1
     * @param labels labels of the images, null for no label; only {@link Initialisation#LABELS} reads them
     */
    public WarmUp(ImageShape image, float[] centred, float[] mean, int count, List<String> labels) {
        this(image, centred, null, mean, count, labels);
        if (centred.length != Math.multiplyExact(count, image.values())) {
            throw new IllegalArgumentException("the warm-up holds " + centred.length + " values, " + count
                    + " images of " + image + " need " + (long) count * image.values());
        }
    }

    /**
     * @param samples 8-bit, [image.values()] each; at least one
     * @param mean the mean image that is subtracted, [image.values()]
     * @param labels labels of the images, null for no label
     */
    public WarmUp(ImageShape image, List<byte[]> samples, float[] mean, List<String> labels) {
        this(image, null, samples, mean, samples.size(), labels);
    }

    private WarmUp(
            ImageShape image, float[] centred, List<byte[]> samples, float[] mean, int count, List<String> labels) {
        if (count < 1) {
            throw new IllegalArgumentException("the warm-up holds " + count + " images, it needs at least 1");
        }
        if (mean.length != image.values()) {
            throw new IllegalArgumentException(
                    "the warm-up has a mean image of " + mean.length + " values, " + image + " has " + image.values());
        }
        if (labels.size() != count) {
            throw new IllegalArgumentException("the warm-up holds " + labels.size() + " labels for " + count
                    + " images: one each, null where there is none");
        }
        this.image = image;
        this.centred = centred;
        this.samples = samples;
        this.mean = mean;
        this.count = count;
        this.labels = labels;
    }

    public ImageShape image() {
        return image;
    }

    /** The centred images, [count, values]; live if they were passed to the constructor. */
    public float[] centred() {
        return centredRows().values();
    }

    /** The mean image that was subtracted, [values]. */
    public float[] mean() {
        return mean;
    }

    /** Number of images. */
    public int count() {
        return count;
    }

    /** Label of each image, null for no label. */
    public List<String> labels() {
        return labels;
    }

    /** All centred images as rows; live if they were passed to the constructor. */
    Rows centredRows() {
        if (centred != null) {
            return new Rows(centred, count, image.values());
        }
        Rows rows = Rows.zeros(count, image.values());
        for (int i = 0; i < count; i++) {
            writeCentred(i, rows.values(), i * image.values());
        }
        return rows;
    }

    /** The centred images with these indices, copied in this order. */
    Rows centredRows(int[] indices) {
        Rows rows = Rows.zeros(indices.length, image.values());
        for (int i = 0; i < indices.length; i++) {
            writeCentred(indices[i], rows.values(), i * image.values());
        }
        return rows;
    }

    private void writeCentred(int i, float[] out, int to) {
        if (centred == null) {
            Samples.centre(samples.get(i), mean, out, to);
        } else {
            System.arraycopy(centred, i * image.values(), out, to, image.values());
        }
    }

    /** Writes image i, not centred. */
    void writeRaw(int i, float[] out, int to) {
        writeCentred(i, out, to);
        for (int at = 0; at < mean.length; at++) {
            out[to + at] += mean[at];
        }
    }

    /** The images, not centred, as new rows. */
    Rows rawRows() {
        Rows raw = Rows.zeros(count, image.values());
        for (int i = 0; i < count; i++) {
            writeRaw(i, raw.values(), i * image.values());
        }
        return raw;
    }
}
