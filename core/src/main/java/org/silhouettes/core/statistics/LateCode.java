package org.silhouettes.core.statistics;

import java.util.Arrays;
import org.silhouettes.core.dictionary.GroupNorms;
import org.silhouettes.core.encoder.Encoding;

/**
 * What the statistics of a class need of an image whose label is still to come: some two bytes a value and twelve a
 * nonzero unit.
 *
 * @param samples 8-bit, [values]
 * @param groupNorms n_g, [groups]
 * @param units the nonzero units of the code, ascending
 * @param unitValues their values, [units.length]
 * @param reconstruction the centred reconstruction in steps of 1/127, cut off at ±1, [values]: good enough for pictures
 * @param learn whether the image was learned from
 */
@SuppressWarnings("ArrayRecordComponent")
public record LateCode(
        byte[] samples, float[] groupNorms, int[] units, float[] unitValues, byte[] reconstruction, boolean learn) {

    private static final float STEPS = 127;

    /** Image b of a batch. */
    static LateCode of(byte[] samples, Encoding codes, int b, boolean learn) {
        int atoms = codes.shape().atoms();
        int groups = codes.shape().groups();
        int[] units = new int[atoms];
        float[] values = new float[atoms];
        int count = 0;
        for (int k = 0; k < atoms; k++) {
            float value = codes.codes()[b * atoms + k];
            if (value != 0) {
                units[count] = k;
                values[count++] = value;
            }
        }
        byte[] reconstruction = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            float value = codes.reconstructions()[b * samples.length + i];
            reconstruction[i] = (byte) Math.round(STEPS * Math.max(-1, Math.min(1, value)));
        }
        return new LateCode(
                samples,
                Arrays.copyOfRange(codes.groupNorms(), b * groups, (b + 1) * groups),
                Arrays.copyOf(units, count),
                Arrays.copyOf(values, count),
                reconstruction,
                learn);
    }

    /** The same among further groups, none of which is active. */
    LateCode grown(int groups) {
        return new LateCode(samples, Arrays.copyOf(groupNorms, groups), units, unitValues, reconstruction, learn);
    }

    /** The strongest group, the lowest such; −1 for a zero code. */
    int winner() {
        return GroupNorms.strongest(groupNorms, 0, groupNorms.length);
    }

    /** The whole code, [atoms]. */
    float[] codes(int atoms) {
        float[] codes = new float[atoms];
        for (int i = 0; i < units.length; i++) {
            codes[units[i]] = unitValues[i];
        }
        return codes;
    }

    /** The centred reconstruction, [values]. */
    float[] reconstructed() {
        float[] values = new float[reconstruction.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = reconstruction[i] / STEPS;
        }
        return values;
    }

    /** An estimate of the heap that it takes. */
    long bytes() {
        return 160 + samples.length + reconstruction.length + 4L * groupNorms.length + 8L * units.length;
    }
}
