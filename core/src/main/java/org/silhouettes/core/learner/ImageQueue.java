package org.silhouettes.core.learner;

import java.util.List;
import org.silhouettes.core.state.ImageBuffers;
import org.silhouettes.core.state.StreamImage;

/** The images of a model that wait for a full mini-batch or a complete warm-up. Not thread-safe. */
final class ImageQueue {

    private final ImageBuffers buffers;
    private final int batch;
    private long textBytes;

    /** @param buffers live; changed by this queue */
    ImageQueue(ImageBuffers buffers, int batch) {
        this.buffers = buffers;
        this.batch = batch;
        this.textBytes = buffers.textBytes();
    }

    /** Bytes of the labels and ids of all images. */
    long textBytes() {
        return textBytes;
    }

    /** Appends an image, to the warm-up if it is not over. */
    void add(StreamImage next, boolean warmingUp) {
        List<StreamImage> learning = warmingUp ? buffers.warmUp() : buffers.pending();
        (next.learn() ? learning : buffers.unlearned()).add(next);
        textBytes += next.textBytes();
    }

    /** Ends the warm-up: its images wait for mini-batches. */
    void endWarmUp() {
        buffers.pending().addAll(buffers.warmUp());
        buffers.warmUp().clear();
    }

    /** Removes and returns the next mini-batch; null if none is due, see {@link Learner#encode(boolean)}. */
    List<StreamImage> take(boolean flush) {
        List<StreamImage> buffer = dueBuffer(flush);
        if (buffer == null) {
            return null;
        }
        List<StreamImage> first = buffer.subList(0, Math.min(buffer.size(), batch));
        List<StreamImage> images = List.copyOf(first);
        first.clear();
        textBytes -= ImageBuffers.textBytes(images);
        return images;
    }

    boolean isDue(boolean flush) {
        return dueBuffer(flush) != null;
    }

    /** The buffer of the next mini-batch, or null; images that are only encoded come before a later update. */
    private List<StreamImage> dueBuffer(boolean flush) {
        int required = flush ? 1 : batch;
        boolean learn = buffers.pending().size() >= required;
        if (!buffers.unlearned().isEmpty() && (learn || buffers.unlearned().size() >= required)) {
            return buffers.unlearned();
        }
        return learn ? buffers.pending() : null;
    }
}
