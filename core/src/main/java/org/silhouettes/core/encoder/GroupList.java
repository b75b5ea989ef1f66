package org.silhouettes.core.encoder;

/**
 * A list of groups of several images. Group g of image b has the number b · groups + g; its values start at number · groupSize.
 * Built without branches: activity is unpredictable, and a mispredicted branch costs as much as the arithmetic of a group.
 */
final class GroupList {

    /** Numbers in ascending order; the first {@link #count} are listed. */
    final int[] number;

    int count;

    /** @param max maximum number of groups in the list */
    GroupList(int max) {
        this.number = new int[max + 1];
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

    /** Lists the groups below {@code length} with any of the flags in {@code mask}. */
    void flagged(byte[] flags, int mask, int length) {
        int n = 0;
        for (int i = 0; i < length; i++) {
            number[n] = i;
            n += -(flags[i] & mask) >>> 31;
        }
        count = n;
    }

    /** Lists the groups of {@code from} whose value is above {@code limit}. */
    void above(GroupList from, float[] values, float limit) {
        int n = 0;
        for (int i = 0; i < from.count; i++) {
            int candidate = from.number[i];
            number[n] = candidate;
            // the sign bit; always 0 for NaN, whichever instruction produced it
            n += Float.floatToIntBits(limit - values[candidate]) >>> 31;
        }
        count = n;
    }

    /** End index of the groups of an image that start at index {@code begin}. */
    int end(int begin, int image, int groups) {
        int end = begin;
        while (end < count && number[end] < (image + 1) * groups) {
            end++;
        }
        return end;
    }
}
