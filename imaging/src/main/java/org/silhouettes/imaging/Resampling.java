package org.silhouettes.imaging;

/**
 * Weights of the old samples in each new sample, along one axis of a resize. The filter is a triangle as wide as a new
 * sample or an old one, whichever is wider, so that a reduced image shows no aliasing. The centres of both images
 * coincide; a new sample outside the old image has no weights.
 */
final class Resampling {

    private final int[] first;
    private final float[][] weights;

    /**
     * @param from old samples
     * @param to new samples
     * @param scale new samples per old sample
     */
    Resampling(int from, int to, double scale) {
        first = new int[to];
        weights = new float[to][];
        double support = Math.max(1, 1 / scale);
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5 - to / 2.0) / scale + from / 2.0;
            if (centre < 0 || centre > from) {
                weights[i] = new float[0];
                continue;
            }
            int start = Math.max(0, (int) Math.floor(centre - support));
            int end = Math.min(from, (int) Math.ceil(centre + support));
            double[] exact = new double[end - start];
            double sum = 0;
            for (int k = 0; k < exact.length; k++) {
                exact[k] = Math.max(0, 1 - Math.abs(start + k + 0.5 - centre) / support);
                sum += exact[k];
            }
            first[i] = start;
            weights[i] = new float[exact.length];
            for (int k = 0; k < exact.length; k++) {
                weights[i][k] = (float) (exact[k] / sum);
            }
        }
    }

    /** Index of the first old sample with a weight in new sample {@code i}. */
    int first(int i) {
        return first[i];
    }

    /** Number of consecutive old samples with a weight in it. */
    int count(int i) {
        return weights[i].length;
    }

    /** Weight of the {@code k}-th of them; the weights sum to 1. */
    float weight(int i, int k) {
        return weights[i][k];
    }
}
