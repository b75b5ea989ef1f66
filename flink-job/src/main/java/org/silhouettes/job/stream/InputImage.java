package org.silhouettes.job.stream;

import org.silhouettes.imaging.Picture;
import org.silhouettes.wire.Headers;

/**
 * An image of a stream, for one model. Without a label and an id they are null.
 *
 * @param model name of the model that learns from it
 * @param value the picture: a PNG or JPEG file, or 8-bit samples [height, width, channels], row-major, channel-last
 * @param contentType {@code image/png}, {@code image/jpeg} or {@code application/x-raw-image}
 * @param height of raw samples, in pixels; 0 for a file
 * @param width of raw samples, in pixels; 0 for a file
 * @param label class of the image, for the statistics alone; or null
 * @param id the caller's name for the image; or null
 * @param flush whether the mini-batch ends with this image: set it for the last image of a bounded stream
 */
@SuppressWarnings("ArrayRecordComponent")
public record InputImage(
        String model, byte[] value, String contentType, int height, int width, String label, String id, boolean flush) {

    private static final int PNG_FIRST_BYTE = 0x89;

    /** An image of samples. */
    public static InputImage of(String model, Picture picture) {
        return new InputImage(
                model,
                picture.samples(),
                Headers.RAW,
                picture.shape().height(),
                picture.shape().width(),
                null,
                null,
                false);
    }

    /** The bytes of a PNG or JPEG file; other formats are rejected when they are decoded. */
    public static InputImage ofFile(String model, byte[] file) {
        boolean png = file.length > 0 && (file[0] & 0xff) == PNG_FIRST_BYTE;
        return new InputImage(model, file, png ? Headers.PNG : Headers.JPEG, 0, 0, null, null, false);
    }

    /** The same image with a class. */
    public InputImage withLabel(String newLabel) {
        return new InputImage(model, value, contentType, height, width, newLabel, id, flush);
    }

    /** The same image with a name. */
    public InputImage withId(String newId) {
        return new InputImage(model, value, contentType, height, width, label, newId, flush);
    }

    /** The same image as the last of its mini-batch. */
    public InputImage last() {
        return new InputImage(model, value, contentType, height, width, label, id, true);
    }

    /** Channels of raw samples. */
    int channels() {
        return value.length / Math.max(1, height * width);
    }
}
