package org.silhouettes.producers.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;
import org.silhouettes.imaging.PictureDecoder;
import org.silhouettes.imaging.PictureException;
import org.silhouettes.imaging.PictureLimits;

/** What the producer encodes is what the job's decoder reads. */
class ImageCodecTest {

    private final PictureDecoder decoder = new PictureDecoder(PictureLimits.DEFAULTS);

    @Test
    void rawIsTheSamplesThemselves() throws IOException {
        byte[] samples = gradient(new ImageShape(5, 7, 3));

        assertThat(ImageCodec.encode(samples, new ImageShape(5, 7, 3), Encoding.RAW))
                .isSameAs(samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pngComesBackToTheLastBit(int channels) throws IOException, PictureException {
        ImageShape shape = new ImageShape(5, 7, channels);

        Picture back = decoder.png(ImageCodec.encode(gradient(shape), shape, Encoding.PNG));

        assertThat(back.shape()).isEqualTo(shape);
        assertThat(back.samples()).isEqualTo(gradient(shape));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void jpegComesBackToWithinItsLoss(int channels) throws IOException, PictureException {
        ImageShape shape = new ImageShape(16, 16, channels);
        byte[] samples = gradient(shape);

        Picture back = decoder.jpeg(ImageCodec.encode(samples, shape, Encoding.JPEG));

        assertThat(back.shape()).isEqualTo(shape);
        double error = 0;
        for (int i = 0; i < samples.length; i++) {
            error += Math.abs((samples[i] & 0xff) - (back.samples()[i] & 0xff)) / (double) samples.length;
        }
        assertThat(error).isLessThan(4);
    }

    /** Brighter from the top down, each channel from its own start. */
    private static byte[] gradient(ImageShape shape) {
        byte[] samples = new byte[shape.values()];
        for (int i = 0; i < samples.length; i++) {
            int row = i / (shape.width() * shape.channels());
            samples[i] = (byte) (40 * (i % shape.channels()) + 8 * row);
        }
        return samples;
    }
}
