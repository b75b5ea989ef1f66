package org.silhouettes.producers.dataset;

/**
 * One axis of a resize, middle on middle: what each new sample takes of the old ones, by a triangle filter that is as
 * wide as a new sample or an old one, whichever is wider (so that a smaller image shows no aliasing). A new sample
 * outside the old image takes nothing.
 */
final class Resampling {

    private final int[] first;
    private final float[][] weights;

    /**
     * @param from old samples
     * @param to new samples
     * @param scale new samples an old one
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

    /** Index of the first old sample that new sample {@code i} takes of. */
    int first(int i) {
        return first[i];
    }

    /** How many old samples in a row it takes of. */
    int count(int i) {
        return weights[i].length;
    }

    /** Its share of the {@code k}-th of them; the shares sum to 1. */
    float weight(int i, int k) {
        return weights[i][k];
    }
}
