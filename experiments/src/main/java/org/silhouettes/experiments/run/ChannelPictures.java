package org.silhouettes.experiments.run;

import java.util.List;
import java.util.Optional;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.imaging.PictureLimits;
import org.silhouettes.imaging.PngEncoder;

/** Pictures of one channel each as one in colour. */
final class ChannelPictures {

    private ChannelPictures() {}

    /**
     * The PNG whose channels are these.
     *
     * @param pngs one picture, which is returned as it is, or a gray one for each channel
     * @return none where they differ in size
     */
    static Optional<byte[]> joined(List<byte[]> pngs) {
        if (pngs.size() == 1) {
            return Optional.of(pngs.get(0));
        }
        List<Picture> pictures = pngs.stream().map(ChannelPictures::decoded).toList();
        ImageShape one = pictures.get(0).shape();
        if (!pictures.stream().allMatch(picture -> picture.shape().equals(one))) {
            return Optional.empty();
        }
        int channels = pictures.size();
        byte[] samples = new byte[one.values() * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = pictures.get(i % channels).samples()[i / channels];
        }
        return Optional.of(
                PngEncoder.encode(new Picture(new ImageShape(one.height(), one.width(), channels), samples)));
    }

    private static Picture decoded(byte[] png) {
        try {
            return new PictureDecoder(PictureLimits.DEFAULTS).png(png);
        } catch (PictureException e) {
            throw new IllegalStateException("a picture of topic silhouettes is no PNG: " + e.getMessage(), e);
        }
    }
}
