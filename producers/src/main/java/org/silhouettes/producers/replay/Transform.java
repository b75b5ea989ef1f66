package org.silhouettes.producers.replay;

import java.math.BigDecimal;
import java.util.List;
import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;
import org.silhouettes.producers.dataset.Seeds;

/** A change of the world that a drift plan makes on purpose. */
public sealed interface Transform {

    /**
     * The changed image; the samples given are left as they are.
     *
     * @param samples 8-bit, row-major, channel-last, [shape.values()]
     * @param random used where the transform is random, different for each image
     */
    byte[] apply(byte[] samples, ImageShape shape, Random64 random);

    /** As it stands in a plan, such as {@code rotate=30}. */
    String text();

    /** The image changed by one after the other; the very samples given where there are none. */
    static byte[] applyAll(List<Transform> transforms, byte[] samples, ImageShape shape, Random64 random) {
        byte[] changed = samples;
        for (Transform transform : transforms) {
            changed = transform.apply(changed, shape, random);
        }
        return changed;
    }

    /** White becomes black. */
    record Invert() implements Transform {
        @Override
        public String text() {
            return "invert";
        }

        @Override
        public byte[] apply(byte[] samples, ImageShape shape, Random64 random) {
            byte[] out = new byte[samples.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (byte) ~samples[i];
            }
            return out;
        }
    }

    /** Turned counter-clockwise about the middle, bilinear; what comes from outside is black. */
    record Rotate(double degrees) implements Transform {
        public Rotate {
            require(degrees >= -360 && degrees <= 360, "rotate", degrees, "-360 to 360 degrees");
        }

        @Override
        public String text() {
            return "rotate=" + number(degrees);
        }

        @Override
        public byte[] apply(byte[] samples, ImageShape shape, Random64 random) {
            double cos = StrictMath.cos(StrictMath.toRadians(degrees));
            double sin = StrictMath.sin(StrictMath.toRadians(degrees));
            double middleY = (shape.height() - 1) / 2.0;
            double middleX = (shape.width() - 1) / 2.0;
            byte[] out = new byte[samples.length];
            for (int y = 0, at = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    double fromX = middleX + cos * (x - middleX) - sin * (y - middleY);
                    double fromY = middleY + sin * (x - middleX) + cos * (y - middleY);
                    for (int c = 0; c < shape.channels(); c++) {
                        out[at++] = (byte) Math.round(between(samples, shape, fromY, fromX, c));
                    }
                }
            }
            return out;
        }

        private static double between(byte[] samples, ImageShape shape, double y, double x, int c) {
            int top = (int) Math.floor(y);
            int left = (int) Math.floor(x);
            double down = y - top;
            double right = x - left;
            return (1 - down)
                            * ((1 - right) * at(samples, shape, top, left, c)
                                    + right * at(samples, shape, top, left + 1, c))
                    + down
                            * ((1 - right) * at(samples, shape, top + 1, left, c)
                                    + right * at(samples, shape, top + 1, left + 1, c));
        }

        private static int at(byte[] samples, ImageShape shape, int y, int x, int c) {
            boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
            return inside ? samples[(y * shape.width() + x) * shape.channels() + c] & 0xff : 0;
        }
    }

    /** Independent normal noise on every sample; the deviation is in units of a sample's range 0 … 1. */
    record Noise(double deviation) implements Transform {
        public Noise {
            require(deviation > 0 && deviation <= 1, "noise", deviation, "above 0 and at most 1");
        }

        @Override
        public String text() {
            return "noise=" + number(deviation);
        }

        @Override
        public byte[] apply(byte[] samples, ImageShape shape, Random64 random) {
            byte[] out = new byte[samples.length];
            for (int i = 0; i < out.length; i++) {
                long value = Math.round((samples[i] & 0xff) + 255 * deviation * random.nextGaussian());
                out[i] = (byte) Math.max(0, Math.min(255, value));
            }
            return out;
        }
    }

    /** Gaussian blur; the deviation is in pixels, and the border's samples are repeated outside. */
    record Blur(double deviation) implements Transform {
        public Blur {
            require(deviation > 0 && deviation <= 20, "blur", deviation, "above 0 and at most 20 pixels");
        }

        @Override
        public String text() {
            return "blur=" + number(deviation);
        }

        @Override
        public byte[] apply(byte[] samples, ImageShape shape, Random64 random) {
            int radius = (int) Math.ceil(3 * deviation);
            double[] weights = new double[2 * radius + 1];
            double sum = 0;
            for (int k = -radius; k <= radius; k++) {
                weights[k + radius] = StrictMath.exp(-k * k / (2 * deviation * deviation));
                sum += weights[k + radius];
            }
            double[] across = new double[samples.length];
            byte[] out = new byte[samples.length];
            int channels = shape.channels();
            int row = shape.width() * channels;
            for (int i = 0; i < samples.length; i++) {
                int x = i % row / channels;
                for (int k = -radius; k <= radius; k++) {
                    int from = Math.max(0, Math.min(shape.width() - 1, x + k));
                    across[i] += weights[k + radius] * (samples[i + (from - x) * channels] & 0xff);
                }
            }
            for (int i = 0; i < samples.length; i++) {
                int y = i / row;
                double value = 0;
                for (int k = -radius; k <= radius; k++) {
                    int from = Math.max(0, Math.min(shape.height() - 1, y + k));
                    value += weights[k + radius] * across[i + (from - y) * row];
                }
                out[i] = (byte) Math.round(value / (sum * sum));
            }
            return out;
        }
    }

    /** The same permutation of the pixels of every image, decided by the seed; a pixel's channels stay together. */
    record Permute(long seed) implements Transform {
        @Override
        public String text() {
            return "permute=" + seed;
        }

        @Override
        public byte[] apply(byte[] samples, ImageShape shape, Random64 random) {
            int[] from = Seeds.random(seed, 0).permutation(shape.height() * shape.width());
            int channels = shape.channels();
            byte[] out = new byte[samples.length];
            for (int pixel = 0; pixel < from.length; pixel++) {
                System.arraycopy(samples, from[pixel] * channels, out, pixel * channels, channels);
            }
            return out;
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static void require(boolean holds, String name, double value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", it must be " + rule);
        }
    }
}
