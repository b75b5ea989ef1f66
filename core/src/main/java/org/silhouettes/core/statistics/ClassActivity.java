package org.silhouettes.core.statistics;

import java.util.Arrays;
import org.silhouettes.core.encoder.Encoding;
import org.silhouettes.imaging.Samples;

/** What is kept of one class: recent means, the energy it gave each group, and this window's counts. */
final class ClassActivity {

    /** Window of a class's decaying means, images: weight 1/n for the n-th image, 1/500 from there on. */
    static final int RECENT_IMAGES = 500;

    private final ActivityState.Means means;
    /** Decaying sums of n_g² over the images learned from, [groups]. */
    private final double[] energy;
    /** This window's images by strongest group, [groups]: learned from, and not. */
    private final long[] learnedCounts;

    private final long[] unlearnedCounts;
    private long images;
    private long windowImages;

    ClassActivity(int groups, int atoms, int values) {
        this(new ActivityState.OfClass(
                0,
                0,
                new ActivityState.Means(
                        new float[groups], new float[atoms], new float[groups], new float[values], new float[values]),
                new double[groups],
                new long[groups],
                new long[groups]));
    }

    ClassActivity(ActivityState.OfClass state) {
        images = state.images();
        windowImages = state.windowImages();
        means = state.means();
        energy = state.energy();
        learnedCounts = state.learnedCounts();
        unlearnedCounts = state.unlearnedCounts();
    }

    /** The same with room for further groups and units. */
    ClassActivity grown(int groups, int atoms) {
        return new ClassActivity(new ActivityState.OfClass(
                images,
                windowImages,
                new ActivityState.Means(
                        Arrays.copyOf(means.groupNorm(), groups),
                        Arrays.copyOf(means.unitActivity(), atoms),
                        Arrays.copyOf(means.strongest(), groups),
                        means.meanImage(),
                        means.reconstruction()),
                Arrays.copyOf(energy, groups),
                Arrays.copyOf(learnedCounts, groups),
                Arrays.copyOf(unlearnedCounts, groups)));
    }

    /** Adds image b of the batch; {@code winner} is its strongest group, or −1 for a zero code. */
    void add(byte[] samples, Encoding codes, int b, int winner, boolean learn) {
        float weight = count(samples, winner, learn);
        decay(means.groupNorm(), codes.groupNorms(), b, weight);
        decay(means.unitActivity(), codes.codes(), b, weight);
        decay(means.reconstruction(), codes.reconstructions(), b, weight);
    }

    /** Adds an image whose label came after it was encoded. */
    void add(LateCode code) {
        float weight = count(code.samples(), code.winner(), code.learn());
        decay(means.groupNorm(), code.groupNorms(), 0, weight);
        decay(means.unitActivity(), code.codes(means.unitActivity().length), 0, weight);
        decay(means.reconstruction(), code.reconstructed(), 0, weight);
    }

    /** Counts an image in and returns its weight in the means. */
    private float count(byte[] samples, int winner, boolean learn) {
        images++;
        windowImages++;
        float weight = 1f / Math.min(images, RECENT_IMAGES);
        float[] meanImage = means.meanImage();
        for (int i = 0; i < meanImage.length; i++) {
            meanImage[i] += weight * (Samples.unit(samples[i]) - meanImage[i]);
        }
        float[] strongest = means.strongest();
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
        return bytes(energy.length, means.unitActivity().length, means.meanImage().length);
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
                means.groupNorm().clone(),
                means.unitActivity().clone(),
                means.strongest().clone(),
                means.meanImage().clone(),
                means.reconstruction().clone());
    }

    ActivityState.OfClass state() {
        return new ActivityState.OfClass(images, windowImages, means, energy, learnedCounts, unlearnedCounts);
    }
}
