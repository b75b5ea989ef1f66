package org.silhouettes.dashboards.probe;

import org.silhouettes.imaging.Fit;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.Resizer;

/** Converts pictures of any size and colour to the input of a model. */
public final class ModelInput {

    private ModelInput() {}

    /**
     * The picture in the shape of a model's images, each side scaled independently.
     *
     * @param channel the one of three channels that the model learns, −1 where it learns gray or all
     */
    public static Picture of(Picture picture, ImageShape shape, int channel) {
        Picture coloured = withChannels(picture, shape.channels(), channel);
        return Resizer.resize(coloured, shape.height(), shape.width(), Fit.STRETCH);
    }

    /** With one channel or three; {@code channel} picks one of three instead of their gray, −1 does not. */
    static Picture withChannels(Picture picture, int channels, int channel) {
        return channels == 1 && channel >= 0 && picture.shape().channels() == 3
                ? picture.channel(channel)
                : picture.withChannels(channels);
    }
}
