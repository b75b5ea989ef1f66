package org.silhouettes.core.learner;

import java.util.List;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.StreamImage;

/**
 * A mini-batch that a {@link Learner} has encoded and not yet learned from. Valid until the learner's next call.
 *
 * @param images the images, in stream order
 * @param encoding their codes, by the dictionary before the update
 * @param learn whether {@link Learner#learn} has to be called with it; false for images marked {@code learn = false}
 */
public record EncodedBatch(List<StreamImage> images, Encoding encoding, boolean learn) {

    /** The same batch with other labels. */
    public EncodedBatch withImages(List<StreamImage> labelled) {
        return new EncodedBatch(labelled, encoding, learn);
    }
}
