package org.silhouettes.imaging;

/** 8-bit samples, 0 … 255 in a byte each, as the numbers that the method computes with. */
public final class Samples {

    private Samples() {}

    /** A sample in [0, 1]. */
    public static float unit(byte sample) {
        return (sample & 0xff) / 255f;
    }

    /** Writes an image in [0, 1], [values], into {@code out} from {@code from} on. */
    public static void writeTo(byte[] samples, float[] out, int from) {
        for (int i = 0; i < samples.length; i++) {
            out[from + i] = unit(samples[i]);
        }
    }

    /** Writes an image in [0, 1] minus the mean image, [values], into {@code out} from {@code from} on. */
    public static void centre(byte[] samples, float[] meanImage, float[] out, int from) {
        for (int i = 0; i < samples.length; i++) {
            out[from + i] = unit(samples[i]) - meanImage[i];
        }
    }

    /** The nearest sample to a value; what is outside of [0, 1] becomes black or white. */
    public static byte of(float value) {
        return (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
