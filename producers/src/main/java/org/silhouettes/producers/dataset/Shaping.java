package org.silhouettes.producers.dataset;

import org.silhouettes.imaging.ImageShape;
import org.silhouettes.imaging.Picture;

/**
 * Brings images of any shape to one shape: first the colours, then the size.
 *
 * @param target shape of what comes out
 */
record Shaping(ImageShape target, Fit fit) {

    /** What these options make of a source whose images have the shape {@code from}. */
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

    /**
     * An image brought to the target shape.
     *
     * @param samples 8-bit, row-major, channel-last, [from.values()]; returned itself where there is nothing to do
     */
    byte[] apply(byte[] samples, ImageShape from) {
        byte[] coloured =
                new Picture(from, samples).withChannels(target.channels()).samples();
        return from.height() == target.height() && from.width() == target.width() ? coloured : resized(coloured, from);
    }

    private byte[] resized(byte[] samples, ImageShape from) {
        double vertical = target.height() / (double) from.height();
        double horizontal = target.width() / (double) from.width();
        if (fit == Fit.CROP) {
            vertical = Math.max(vertical, horizontal);
            horizontal = vertical;
        } else if (fit == Fit.PAD) {
            vertical = Math.min(vertical, horizontal);
            horizontal = vertical;
        }
        Resampling columns = new Resampling(from.width(), target.width(), horizontal);
        Resampling rows = new Resampling(from.height(), target.height(), vertical);
        int channels = target.channels();
        float[] narrow = new float[from.height() * target.width() * channels];
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < target.width(); x++) {
                for (int c = 0; c < channels; c++) {
                    float sum = 0;
                    for (int k = 0; k < columns.count(x); k++) {
                        int at = (y * from.width() + columns.first(x) + k) * channels + c;
                        sum += columns.weight(x, k) * (samples[at] & 0xff);
                    }
                    narrow[(y * target.width() + x) * channels + c] = sum;
                }
            }
        }
        byte[] out = new byte[target.values()];
        int row = target.width() * channels;
        for (int y = 0; y < target.height(); y++) {
            for (int i = 0; i < row; i++) {
                float sum = 0;
                for (int k = 0; k < rows.count(y); k++) {
                    sum += rows.weight(y, k) * narrow[(rows.first(y) + k) * row + i];
                }
                out[y * row + i] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
            }
        }
        return out;
    }
}
