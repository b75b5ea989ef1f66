package org.silhouettes.core.evaluation;

import java.util.SortedMap;
import java.util.TreeMap;
import org.silhouettes.core.dictionary.Dictionary;

/** Mean image of every class, computed from 8-bit samples. Not thread-safe. */
public final class ClassMeans {

    private final int values;
    private final SortedMap<String, long[]> sums = new TreeMap<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final long[] total;
    private long count;

    /** @param values samples of an image */
    public ClassMeans(int values) {
        this.values = values;
        this.total = new long[values];
    }

    /**
     * Adds an image.
     *
     * @param label its class; null adds it only to the mean of all images
     * @param samples 8-bit, [values]
     */
    public void add(String label, byte[] samples) {
        if (samples.length != values) {
            throw new IllegalArgumentException(
                    "image has " + samples.length + " values, the class means have " + values);
        }
        count++;
        addTo(total, samples);
        if (label != null) {
            addTo(sums.computeIfAbsent(label, any -> new long[values]), samples);
            counts.merge(label, 1L, Long::sum);
        }
    }

    /**
     * The means of one channel.
     *
     * @param channel 0 … channels − 1
     * @param channels of the images, whose samples are channel-last
     */
    public ClassMeans channel(int channel, int channels) {
        if (channel < 0 || channel >= channels || values % channels != 0) {
            throw new IllegalArgumentException(
                    "channel " + channel + " of " + channels + " in images of " + values + " values: there is none");
        }
        ClassMeans one = new ClassMeans(values / channels);
        pick(total, channel, channels, one.total);
        one.count = count;
        sums.forEach((label, sum) ->
                pick(sum, channel, channels, one.sums.computeIfAbsent(label, any -> new long[one.values])));
        one.counts.putAll(counts);
        return one;
    }

    /** Every {@code step}-th value from one on. */
    private static void pick(long[] values, int from, int step, long[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = values[from + i * step];
        }
    }

    private static void addTo(long[] sum, byte[] samples) {
        for (int i = 0; i < samples.length; i++) {
            sum[i] += samples[i] & 0xff;
        }
    }

    /** Mean image of every class minus the mean of all images, [values] each, in [−1, 1]. */
    public SortedMap<String, float[]> centred() {
        SortedMap<String, float[]> centred = new TreeMap<>();
        sums.forEach((label, sum) -> {
            float[] mean = new float[values];
            for (int i = 0; i < values; i++) {
                mean[i] = (float) (sum[i] / (255.0 * counts.get(label)) - total[i] / (255.0 * count));
            }
            centred.put(label, mean);
        });
        return centred;
    }

    /**
     * Mean over the atoms of the largest Pearson correlation with a class's centred mean image; NaN without classes.
     * Blur inflates it: read it with the picture.
     */
    public double atomCorrelation(Dictionary dictionary) {
        if (dictionary.shape().values() != values) {
            throw new IllegalArgumentException(
                    "atoms have " + dictionary.shape().values() + " values, the class means have " + values);
        }
        if (sums.isEmpty()) {
            return Double.NaN;
        }
        var means = centred().values();
        double total = 0;
        for (int k = 0; k < dictionary.shape().atoms(); k++) {
            double largest = -1;
            for (float[] mean : means) {
                largest = Math.max(largest, correlation(dictionary.atoms(), k * values, mean));
            }
            total += largest;
        }
        return total / dictionary.shape().atoms();
    }

    /** Pearson correlation of a[offset … offset + b.length − 1] and b; 0 where one of them is constant. */
    private static double correlation(float[] a, int offset, float[] b) {
        double meanOfA = 0;
        double meanOfB = 0;
        for (int i = 0; i < b.length; i++) {
            meanOfA += a[offset + i];
            meanOfB += b[i];
        }
        meanOfA /= b.length;
        meanOfB /= b.length;
        double products = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < b.length; i++) {
            double deviationOfA = a[offset + i] - meanOfA;
            double deviationOfB = b[i] - meanOfB;
            products += deviationOfA * deviationOfB;
            squaresOfA += deviationOfA * deviationOfA;
            squaresOfB += deviationOfB * deviationOfB;
        }
        double norms = Math.sqrt(squaresOfA * squaresOfB);
        return norms < 1e-12 ? 0 : products / norms;
    }
}
