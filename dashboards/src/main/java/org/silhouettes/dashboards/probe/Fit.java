package org.silhouettes.dashboards.probe;

import java.util.Arrays;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

/** Makes a picture of any size and colour into what a model takes. */
public final class Fit {

    private Fit() {}

    /** The picture in that shape: channels first, then each sample the mean of the area that it covers. */
    public static Picture to(ImageShape shape, Picture picture, String model) {
        Picture coloured = toChannels(picture, shape.channels(), ImageSample.channelOf(model));
        return coloured.shape().equals(shape) ? coloured : resized(coloured, shape);
    }

    /** With one channel or three; {@code channel} picks one of three instead of their gray, −1 does not. */
    static Picture toChannels(Picture picture, int channels, int channel) {
        int have = picture.shape().channels();
        if (have == channels) {
            return picture;
        }
        if (channels == 1) {
            return channel < 0 ? picture.gray() : picture.channel(channel);
        }
        byte[] samples = new byte[picture.samples().length * channels];
        for (int i = 0; i < picture.samples().length; i++) {
            Arrays.fill(samples, i * channels, (i + 1) * channels, picture.samples()[i]);
        }
        return new Picture(
                new ImageShape(picture.shape().height(), picture.shape().width(), channels), samples);
    }

    private static Picture resized(Picture picture, ImageShape shape) {
        int channels = shape.channels();
        int height = picture.shape().height();
        int width = picture.shape().width();
        byte[] out = new byte[shape.values()];
        for (int y = 0; y < shape.height(); y++) {
            double top = (double) y * height / shape.height();
            double bottom = (double) (y + 1) * height / shape.height();
            for (int x = 0; x < shape.width(); x++) {
                double left = (double) x * width / shape.width();
                double right = (double) (x + 1) * width / shape.width();
                for (int c = 0; c < channels; c++) {
                    out[(y * shape.width() + x) * channels + c] = mean(picture, c, top, bottom, left, right);
                }
            }
        }
        return new Picture(shape, out);
    }

    private static byte mean(Picture picture, int channel, double top, double bottom, double left, double right) {
        int width = picture.shape().width();
        int channels = picture.shape().channels();
        double sum = 0;
        double area = 0;
        int lastRow = Math.min(picture.shape().height() - 1, (int) Math.ceil(bottom) - 1);
        int lastColumn = Math.min(width - 1, (int) Math.ceil(right) - 1);
        for (int y = (int) top; y <= lastRow; y++) {
            double covered = Math.min(bottom, y + 1) - Math.max(top, y);
            for (int x = (int) left; x <= lastColumn; x++) {
                double weight = covered * (Math.min(right, x + 1) - Math.max(left, x));
                sum += weight * (picture.samples()[(y * width + x) * channels + channel] & 0xff);
                area += weight;
            }
        }
        return (byte) Math.round(area > 0 ? sum / area : 0);
    }
}
