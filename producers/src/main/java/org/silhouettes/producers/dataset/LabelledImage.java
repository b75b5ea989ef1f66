package org.silhouettes.producers.dataset;

import java.time.Instant;
import org.silhouettes.imaging.ImageShape;

/**
 * One image of a source.
 *
 * @param samples 8-bit samples, row-major, channel-last, [shape.values()]; the receiver's own
 * @param label name of its class, or null
 * @param id the source's name for it, such as {@code mnist/train/17}
 * @param takenAt when it was taken, or null where the source does not know
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledImage(byte[] samples, ImageShape shape, String label, String id, Instant takenAt) {

    /** An image without a timestamp. */
    public LabelledImage(byte[] samples, ImageShape shape, String label, String id) {
        this(samples, shape, label, id, null);
    }
}
