package org.silhouettes.core.statistics;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.core.state.Binary;
import org.silhouettes.imaging.Samples;

/** What is kept of one class: recent means, the energy it gave each group, and this window's counts. */
final class ClassActivity {

    /** Window of a class's decaying means, images: weight 1/n for the n-th image, 1/500 from there on. */
    static final int RECENT_IMAGES = 500;

    private final float[] groupNorm;
    private final float[] unitActivity;
    private final float[] strongest;
    private final float[] meanImage;
    private final float[] reconstruction;
    /** Decaying sums of n_g² over the images learned from, [groups]. */
    private final double[] energy;
    /** This window's images by strongest group, [groups]: learned from, and not. */
    private final long[] learnedCounts;

    private final long[] unlearnedCounts;
    private long images;
    private long windowImages;

    ClassActivity(int groups, int atoms, int values) {
        this(
                new float[groups],
                new float[atoms],
                new float[groups],
                new float[values],
                new float[values],
                new double[groups],
                new long[groups],
                new long[groups]);
    }

    private ClassActivity(
            float[] groupNorm,
            float[] unitActivity,
            float[] strongest,
            float[] meanImage,
            float[] reconstruction,
            double[] energy,
            long[] learnedCounts,
            long[] unlearnedCounts) {
        this.groupNorm = groupNorm;
        this.unitActivity = unitActivity;
        this.strongest = strongest;
        this.meanImage = meanImage;
        this.reconstruction = reconstruction;
        this.energy = energy;
        this.learnedCounts = learnedCounts;
        this.unlearnedCounts = unlearnedCounts;
    }

    /** The same with room for further groups and units. */
    ClassActivity grown(int groups, int atoms) {
        ClassActivity grown = new ClassActivity(
                Arrays.copyOf(groupNorm, groups),
                Arrays.copyOf(unitActivity, atoms),
                Arrays.copyOf(strongest, groups),
                meanImage,
                reconstruction,
                Arrays.copyOf(energy, groups),
                Arrays.copyOf(learnedCounts, groups),
                Arrays.copyOf(unlearnedCounts, groups));
        grown.images = images;
        grown.windowImages = windowImages;
        return grown;
    }

    /** Adds image b of the batch; {@code winner} is its strongest group, or −1 for a zero code. */
    void add(byte[] samples, Encoding codes, int b, int winner, boolean learn) {
        float weight = count(samples, winner, learn);
        decay(groupNorm, codes.groupNorms(), b, weight);
        decay(unitActivity, codes.codes(), b, weight);
        decay(reconstruction, codes.reconstructions(), b, weight);
    }

    /** Adds an image whose label came after it was encoded. */
    void add(LateCode code) {
        float weight = count(code.samples(), code.winner(), code.learn());
        decay(groupNorm, code.groupNorms(), 0, weight);
        decay(unitActivity, code.codes(unitActivity.length), 0, weight);
        decay(reconstruction, code.reconstructed(), 0, weight);
    }

    /** Counts an image in and returns its weight in the means. */
    private float count(byte[] samples, int winner, boolean learn) {
        images++;
        windowImages++;
        float weight = 1f / Math.min(images, RECENT_IMAGES);
        for (int i = 0; i < meanImage.length; i++) {
            meanImage[i] += weight * (Samples.unit(samples[i]) - meanImage[i]);
        }
        for (int g = 0; g < strongest.length; g++) {
            strongest[g] += weight * ((g == winner ? 1 : 0) - strongest[g]);
        }
        if (winner >= 0) {
            (learn ? learnedCounts : unlearnedCounts)[winner]++;
        }
        return weight;
    }

    private static void decay(float[] mean, float[] batch, int b, float weight) {
        for (int i = 0, at = b * mean.length; i < mean.length; i++, at++) {
            mean[i] += weight * (batch[at] - mean[i]);
        }
    }

    /** Decaying sums of n_g², live, [groups]. */
    double[] energy() {
        return energy;
    }

    long[] counts(boolean learn) {
        return learn ? learnedCounts : unlearnedCounts;
    }

    /** An estimate of the heap that it takes. */
    long bytes() {
        return bytes(groupNorm.length, unitActivity.length, meanImage.length);
    }

    /** The same for the given numbers of groups, atoms and values. */
    static long bytes(int groups, int atoms, int values) {
        // eight arrays, the label, and the entry in the map of classes
        return 512 + 32L * groups + 4L * atoms + 8L * values;
    }

    void startWindow() {
        windowImages = 0;
        Arrays.fill(learnedCounts, 0);
        Arrays.fill(unlearnedCounts, 0);
    }

    ClassReport report(String label) {
        return new ClassReport(
                label,
                images,
                windowImages,
                groupNorm.clone(),
                unitActivity.clone(),
                strongest.clone(),
                meanImage.clone(),
                reconstruction.clone());
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(images);
        out.writeLong(windowImages);
        Binary.writeFloats(out, groupNorm);
        Binary.writeFloats(out, unitActivity);
        Binary.writeFloats(out, strongest);
        Binary.writeFloats(out, meanImage);
        Binary.writeFloats(out, reconstruction);
        Binary.writeDoubles(out, energy);
        Binary.writeLongs(out, learnedCounts);
        Binary.writeLongs(out, unlearnedCounts);
    }

    static ClassActivity read(DataInput in) throws IOException {
        long images = in.readLong();
        long windowImages = in.readLong();
        ClassActivity activity = new ClassActivity(
                Binary.readFloats(in),
                Binary.readFloats(in),
                Binary.readFloats(in),
                Binary.readFloats(in),
                Binary.readFloats(in),
                Binary.readDoubles(in),
                Binary.readLongs(in),
                Binary.readLongs(in));
        activity.images = images;
        activity.windowImages = windowImages;
        return activity;
    }
}
