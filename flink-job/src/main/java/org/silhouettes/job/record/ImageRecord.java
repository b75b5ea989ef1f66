package org.silhouettes.job.record;

import org.silhouettes.core.state.StreamImage;
import org.silhouettes.wire.message.Command;

/**
 * A decoded image on its way to its model; or, without samples, the label of an earlier image or a command.
 *
 * @param model name of the model
 * @param samples 8-bit samples, [height, width, channels], row-major, channel-last; where nothing was converted, the very
 *     array of {@code origin.value()}
 * @param label class for the statistics alone, or null
 * @param id the producer's name for the image, or null
 * @param learn false: encode and count it, never learn from it
 * @param flush close the mini-batch after this image
 * @param primary false for all but the first of the images that one record was split into: what goes wrong with all of
 *     them is reported for the first alone
 * @param origin the record as it came, for the case that the model refuses the image
 * @param command what a control record does to the model; null for images and labels
 */
@SuppressWarnings("ArrayRecordComponent")
public record ImageRecord(
        String model,
        int height,
        int width,
        int channels,
        byte[] samples,
        String label,
        String id,
        boolean learn,
        boolean flush,
        boolean primary,
        RawRecord origin,
        Command command) {

    private static final byte[] NO_SAMPLES = new byte[0];

    /** An image or a label. */
    public ImageRecord(
            String model,
            int height,
            int width,
            int channels,
            byte[] samples,
            String label,
            String id,
            boolean learn,
            boolean flush,
            boolean primary,
            RawRecord origin) {
        this(model, height, width, channels, samples, label, id, learn, flush, primary, origin, null);
    }

    /** A command to a model. */
    public static ImageRecord control(String model, Command command, boolean primary, RawRecord origin) {
        return new ImageRecord(model, 0, 0, 0, NO_SAMPLES, null, null, false, false, primary, origin, command);
    }

    /** The label of an image that came without one. */
    public static ImageRecord lateLabel(String model, String label, String id, boolean primary, RawRecord origin) {
        return new ImageRecord(model, 0, 0, 0, NO_SAMPLES, label, id, false, false, primary, origin);
    }

    /** Whether it is a label alone. */
    public boolean isLateLabel() {
        return samples.length == 0 && command == null;
    }

    /** What of it the learner takes. */
    public StreamImage streamImage() {
        return new StreamImage(samples, label, id, learn);
    }
}
