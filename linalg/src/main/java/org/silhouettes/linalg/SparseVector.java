package org.silhouettes.linalg;

/** A list of rows of one matrix with weights, to be summed by {@link RowAccumulator#sum}. Room for any number of rows. */
public final class SparseVector {

    final int[] index;
    final float[] weight;
    int count;

    /** @param rows the largest number of rows */
    public SparseVector(int rows) {
        this.index = new int[rows + 1];
        this.weight = new float[rows + 1];
    }

    public void clear() {
        count = 0;
    }

    /** Adds weights[weightsFrom + i] · row (first + i) for i in 0 … length − 1; weights of zero add nothing. */
    public void add(int first, float[] weights, int weightsFrom, int length) {
        int n = count;
        for (int i = 0; i < length; i++) {
            float w = weights[weightsFrom + i];
            index[n] = first + i;
            weight[n] = w;
            // 1 where the weight is not zero, without a branch: half of them are, in no order
            int bits = Float.floatToRawIntBits(w) << 1;
            n += (bits | -bits) >>> 31;
        }
        count = n;
    }
}
