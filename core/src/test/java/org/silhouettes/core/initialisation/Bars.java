package org.silhouettes.core.initialisation;

import org.silhouettes.imaging.ImageShape;
import org.silhouettes.linalg.Random64;

/** Images of 10 x 10 with one bar: horizontal, vertical or diagonal, two pixels wide, moved at random, with a little noise. */
public final class Bars {

    public static final ImageShape SHAPE = new ImageShape(10, 10, 1);

    private Bars() {}

    /** An image of that kind, 0 … 2, in 8-bit samples. */
    public static byte[] samples(int kind, Random64 random) {
        float[] image = image(kind, random);
        byte[] samples = new byte[image.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) Math.min(255, Math.round(250 * image[i]));
        }
        return samples;
    }

    /** Images of {@code kinds} kinds in turn, of kind {@code first} and on. */
    static Rows rows(int count, int first, int kinds, Random64 random) {
        Rows images = Rows.zeros(count, SHAPE.values());
        for (int i = 0; i < count; i++) {
            float[] image = image(first + i % kinds, random);
            System.arraycopy(image, 0, images.values(), i * image.length, image.length);
        }
        return images;
    }

    private static float[] image(int kind, Random64 random) {
        float[] image = new float[SHAPE.values()];
        int shift = 3 + random.nextInt(3);
        for (int y = 1; y < 9; y++) {
            for (int x = 1; x < 9; x++) {
                int across = kind == 0 ? y : kind == 1 ? x : (x - y + 10) / 2;
                boolean on = across == shift || across == shift + 1;
                image[y * 10 + x] = (float) ((on ? 1 : 0) + 0.02 * random.nextDouble());
            }
        }
        return image;
    }
}
