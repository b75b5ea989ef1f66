package org.silhouettes.core.encoder;

/**
 * Some groups of several images. Group g of image b has the number b · groups + g, and its values start at number · groupSize.
 * Made without branches: what is listed follows no order that a processor could guess, and one wrong guess takes as long as a
 * group's arithmetic.
 */
final class GroupList {

    /** Numbers in ascending order; the first {@link #count} are listed. */
    final int[] number;

    int count;

    /** @param most the largest number of groups listed */
    GroupList(int most) {
        this.number = new int[most + 1];
    }

    void clear() {
        count = 0;
    }

    /** Lists the first {@code length} groups. */
    void all(int length) {
        for (int i = 0; i < length; i++) {
            number[i] = i;
        }
        count = length;
    }

    /** Lists the groups below {@code length} of whose flags some are set in {@code mask}. */
    void flagged(byte[] flags, int mask, int length) {
        int n = 0;
        for (int i = 0; i < length; i++) {
            number[n] = i;
            n += -(flags[i] & mask) >>> 31;
        }
        count = n;
    }

    /** Lists those of the groups in {@code from} whose value is above {@code limit}. */
    void above(GroupList from, float[] values, float limit) {
        int n = 0;
        for (int i = 0; i < from.count; i++) {
            int candidate = from.number[i];
            number[n] = candidate;
            // the sign; of a NaN always 0, whatever instruction made it
            n += Float.floatToIntBits(limit - values[candidate]) >>> 31;
        }
        count = n;
    }

    /** Where the groups of an image end that start at {@code begin} of the list. */
    int end(int begin, int image, int groups) {
        int end = begin;
        while (end < count && number[end] < (image + 1) * groups) {
            end++;
        }
        return end;
    }
}
