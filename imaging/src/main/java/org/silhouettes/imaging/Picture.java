package org.silhouettes.imaging;

import java.util.Arrays;

/**
 * A decoded picture.
 *
 * @param samples 8-bit samples, [height, width, channels], row-major, channel-last, sRGB where there are three channels
 */
@SuppressWarnings("ArrayRecordComponent")
public record Picture(ImageShape shape, byte[] samples) {

    public Picture {
        if (samples.length != shape.values()) {
            throw new IllegalArgumentException(
                    "picture has " + samples.length + " samples, " + shape + " needs " + shape.values());
        }
    }

    /** The picture in gray: 0.2989 R + 0.587 G + 0.114 B, rounded (the paper's CIFAR-10); a gray one is itself. */
    public Picture gray() {
        if (shape.channels() == 1) {
            return this;
        }
        byte[] out = new byte[shape.height() * shape.width()];
        for (int i = 0, at = 0; i < out.length; i++, at += 3) {
            out[i] = (byte) (0.2989f * (samples[at] & 0xff)
                    + 0.587f * (samples[at + 1] & 0xff)
                    + 0.114f * (samples[at + 2] & 0xff)
                    + 0.5f);
        }
        return new Picture(shape.gray(), out);
    }

    /** The picture with one channel (its gray) or three (equal ones where it is gray); itself where it has as many. */
    public Picture withChannels(int channels) {
        if (channels == 1 || channels == shape.channels()) {
            return channels == 1 ? gray() : this;
        }
        byte[] out = new byte[samples.length * channels];
        for (int i = 0; i < samples.length; i++) {
            Arrays.fill(out, i * channels, (i + 1) * channels, samples[i]);
        }
        return new Picture(new ImageShape(shape.height(), shape.width(), channels), out);
    }

    /** One channel as a gray picture. */
    public Picture channel(int channel) {
        int channels = shape.channels();
        byte[] out = new byte[shape.height() * shape.width()];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i * channels + channel];
        }
        return new Picture(shape.gray(), out);
    }
}
