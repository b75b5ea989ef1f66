package org.silhouettes.imaging;

/** Size of an image in samples: rows, columns, and channels (1 gray, 3 RGB), stored row-major, channel-last. */
public record ImageShape(int height, int width, int channels) {

    public ImageShape {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("image shape " + height + "x" + width + "x" + channels
                    + " needs a height and a width of at least 1");
        }
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("image shape " + height + "x" + width + "x" + channels
                    + " needs 1 channel (gray) or 3 channels (RGB)");
        }
    }

    /** Samples of one image: height · width · channels, the paper's m. */
    public int values() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels);
    }

    /** The same image with one channel. */
    public ImageShape gray() {
        return new ImageShape(height, width, 1);
    }

    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
