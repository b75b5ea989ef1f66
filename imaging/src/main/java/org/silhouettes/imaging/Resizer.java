package org.silhouettes.imaging;

/** Resizes pictures with a triangle filter: bilinear when enlarging, without aliasing when reducing. */
public final class Resizer {

    private Resizer() {}

    /** The picture in that height and width; itself where it has them. */
    public static Picture resize(Picture picture, int height, int width, Fit fit) {
        ImageShape from = picture.shape();
        if (from.height() == height && from.width() == width) {
            return picture;
        }
        double vertical = height / (double) from.height();
        double horizontal = width / (double) from.width();
        if (fit == Fit.CROP) {
            vertical = Math.max(vertical, horizontal);
            horizontal = vertical;
        } else if (fit == Fit.PAD) {
            vertical = Math.min(vertical, horizontal);
            horizontal = vertical;
        }
        float[] narrow = rows(picture, new Resampling(from.width(), width, horizontal), width);
        Resampling rows = new Resampling(from.height(), height, vertical);
        ImageShape to = new ImageShape(height, width, from.channels());
        byte[] out = new byte[to.values()];
        int row = width * from.channels();
        for (int y = 0; y < height; y++) {
            for (int i = 0; i < row; i++) {
                float sum = 0;
                for (int k = 0; k < rows.count(y); k++) {
                    sum += rows.weight(y, k) * narrow[(rows.first(y) + k) * row + i];
                }
                out[y * row + i] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
            }
        }
        return new Picture(to, out);
    }

    /** Each row at its new width, [height, width, channels]. */
    private static float[] rows(Picture picture, Resampling columns, int width) {
        ImageShape from = picture.shape();
        int channels = from.channels();
        byte[] samples = picture.samples();
        float[] out = new float[from.height() * width * channels];
        for (int y = 0; y < from.height(); y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    float sum = 0;
                    for (int k = 0; k < columns.count(x); k++) {
                        int at = (y * from.width() + columns.first(x) + k) * channels + c;
                        sum += columns.weight(x, k) * (samples[at] & 0xff);
                    }
                    out[(y * width + x) * channels + c] = sum;
                }
            }
        }
        return out;
    }
}
