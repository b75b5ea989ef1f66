package org.silhouettes.core.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Images that a learner keeps for later.
 *
 * @param warmUp images for the initialisation, empty once there is a dictionary
 * @param novel samples of images in which new groups will be looked for
 * @param pending the partly filled mini-batch
 * @param unlearned images marked never to be learned from, not yet encoded
 */
public record ImageBuffers(
        List<StreamImage> warmUp, List<byte[]> novel, List<StreamImage> pending, List<StreamImage> unlearned) {

    public static final ImageBuffers EMPTY = new ImageBuffers(List.of(), List.of(), List.of(), List.of());

    /** The same with lists of their own that can be changed. */
    public ImageBuffers mutable() {
        return new ImageBuffers(
                new ArrayList<>(warmUp), new ArrayList<>(novel), new ArrayList<>(pending), new ArrayList<>(unlearned));
    }

    /** Bytes of the labels and ids of all images. */
    public long textBytes() {
        return textBytes(warmUp) + textBytes(pending) + textBytes(unlearned);
    }

    /** Bytes of the labels and ids of these images. */
    public static long textBytes(List<StreamImage> images) {
        return images.stream().mapToLong(StreamImage::textBytes).sum();
    }
}
