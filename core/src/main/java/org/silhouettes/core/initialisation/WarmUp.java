package org.silhouettes.core.initialisation;

import java.util.List;
import org.silhouettes.core.dictionary.ImageShape;

/**
 * The buffered first images of a stream.
 *
 * @param image shape of one image
 * @param centred images minus their mean image, [count, image.values()], row-major
 * @param mean the mean image that was subtracted, [image.values()]
 * @param count number of images, ≥ 1
 * @param labels the images' labels, null where there is none; only {@link Initialisation#LABELS} reads them
 */
@SuppressWarnings("ArrayRecordComponent")
public record WarmUp(ImageShape image, float[] centred, float[] mean, int count, List<String> labels) {

    public WarmUp {
        if (count < 1) {
            throw new IllegalArgumentException("the warm-up holds " + count + " images, it needs at least 1");
        }
        if (centred.length != Math.multiplyExact(count, image.values()) || mean.length != image.values()) {
            throw new IllegalArgumentException("the warm-up holds " + centred.length + " values and a mean image of "
                    + mean.length + ", " + count + " images of " + image + " need " + (long) count * image.values()
                    + " and " + image.values());
        }
        if (labels.size() != count) {
            throw new IllegalArgumentException("the warm-up holds " + labels.size() + " labels for " + count
                    + " images: one each, null where there is none");
        }
    }

    /** The centred images as rows; live. */
    Rows centredRows() {
        return new Rows(centred, count, image.values());
    }

    /** The images as they came, mean added back, as new rows. */
    Rows rawRows() {
        Rows raw = new Rows(centred.clone(), count, image.values());
        for (int at = 0; at < raw.values().length; at++) {
            raw.values()[at] += mean[at % mean.length];
        }
        return raw;
    }
}
