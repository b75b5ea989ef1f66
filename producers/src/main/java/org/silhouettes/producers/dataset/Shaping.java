package org.silhouettes.producers.dataset;

import org.silhouettes.imaging.Fit;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.Resizer;

/**
 * Converts images of any shape to one shape: first the channels, then the size.
 *
 * @param target shape of the result
 */
record Shaping(ImageShape target, Fit fit) {

    /** The conversion that these options ask for of a source whose images have the shape {@code from}. */
    static Shaping of(ImageShape from, DatasetOptions options) {
        int channels =
                switch (options.colour()) {
                    case KEEP -> from.channels();
                    case GRAY -> 1;
                    case RGB -> 3;
                };
        ImageSize size = options.size().orElse(new ImageSize(from.height(), from.width()));
        return new Shaping(new ImageShape(size.height(), size.width(), channels), options.fit());
    }

    /** The picture in the target shape; itself where it has that shape. */
    Picture apply(Picture picture) {
        return Resizer.resize(picture.withChannels(target.channels()), target.height(), target.width(), fit);
    }
}
