package org.silhouettes.job.record;

import org.silhouettes.core.state.StreamImage;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.wire.message.Command;

/**
 * A decoded image on its way to its model; or, without samples, the label of an earlier image or a command.
 *
 * @param model name of the model
 * @param shape of the image; null for labels and commands
 * @param image samples, label and id. If nothing was converted, the samples are the very array of {@code origin.value()}
 * @param flush close the mini-batch after this image
 * @param primary false for all but the first of the images that one record was split into: an error of all of them is
 *     reported for the first alone
 * @param origin the record as received, in case the model rejects the image
 * @param command what a control record does to the model; null for images and labels
 */
public record ImageRecord(
        String model,
        ImageShape shape,
        StreamImage image,
        boolean flush,
        boolean primary,
        RawRecord origin,
        Command command) {

    private static final byte[] NO_SAMPLES = new byte[0];

    /** An image. */
    public ImageRecord(
            String model, ImageShape shape, StreamImage image, boolean flush, boolean primary, RawRecord origin) {
        this(model, shape, image, flush, primary, origin, null);
    }

    /** A command to a model. */
    public static ImageRecord control(String model, Command command, boolean primary, RawRecord origin) {
        StreamImage none = new StreamImage(NO_SAMPLES, null, null, false);
        return new ImageRecord(model, null, none, false, primary, origin, command);
    }

    /** The label of an image that came without one. */
    public static ImageRecord lateLabel(String model, String label, String id, boolean primary, RawRecord origin) {
        return new ImageRecord(model, null, new StreamImage(NO_SAMPLES, label, id, false), false, primary, origin);
    }

    /** Whether it is a label alone. */
    public boolean isLateLabel() {
        return shape == null && command == null;
    }

    /** 8-bit samples, [height, width, channels], row-major, channel-last; empty for labels and commands. */
    public byte[] samples() {
        return image.samples();
    }

    /** Class for the statistics alone, or null. */
    public String label() {
        return image.label();
    }

    /** The producer's name for the image, or null. */
    public String id() {
        return image.id();
    }

    /** False: encode and count the image, never learn from it. */
    public boolean learn() {
        return image.learn();
    }
}
